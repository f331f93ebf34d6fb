from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("authors", "0001_initial")]

    operations = [
        migrations.AddField("author", "look_alike_key", models.CharField(default=None, editable=False, max_length=60, null=True)),
        migrations.AddConstraint(
            "author",
            models.UniqueConstraint(
                fields=["look_alike_key"],
                name="pseudonym_looks_like_no_other",
                violation_error_message="Ce pseudonyme, ou un autre qui lui ressemble trop, est déjà pris.",
            ),
        ),
    ]
