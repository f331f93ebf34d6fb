from django.db import migrations, models

from finding.fulltext import full_text_index


class Migration(migrations.Migration):

    initial = True

    dependencies = []

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
    ]
