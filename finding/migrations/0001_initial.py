import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lib.fields
from finding.fulltext import full_text_index


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FoundRow',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('document', models.TextField()),
            ],
            options={
                'verbose_name': 'ligne trouvable',
                'verbose_name_plural': 'lignes trouvables',
            },
        ),
        full_text_index('finding_fulltext', table='finding_foundrow', key='id', options=', detail=none'),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rows', models.CharField(max_length=100, verbose_name='liste')),
                ('name', lib.fields.LineField(max_length=60, verbose_name='nom')),
                ('query', models.CharField(max_length=1000, verbose_name='requête')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
            ],
            options={
                'verbose_name': 'filtre enregistré',
                'verbose_name_plural': 'filtres enregistrés',
                'ordering': ['name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'rows', 'name'), name='saved_filter_named_once')],
            },
        ),
    ]
