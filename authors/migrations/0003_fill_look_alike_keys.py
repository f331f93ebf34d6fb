from django.db import migrations

from lib.text import look_alike_key

BATCH = 1000


def fill(apps, schema_editor):
    """Give each author the key of their name; where two names look alike, to the older row only: the other stays without."""
    authors = apps.get_model("authors", "Author").objects.using(schema_editor.connection.alias)
    taken, batch = set(), []
    for author in authors.only("pseudonym").order_by("id").iterator(BATCH):
        key = look_alike_key(author.pseudonym)[:60]
        if key and key not in taken:
            taken.add(key)
            author.look_alike_key = key
            batch.append(author)
        if len(batch) == BATCH:
            authors.bulk_update(batch, ["look_alike_key"])
            batch = []
    authors.bulk_update(batch, ["look_alike_key"])


class Migration(migrations.Migration):
    dependencies = [("authors", "0002_look_alike_key")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
