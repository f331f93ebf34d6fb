"""On PostgreSQL the salt never reaches the write-ahead log, an archive of it or a replica. A crash empties the table, and a new salt is drawn."""

from django.db import migrations


def unlog(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE readings_salt SET UNLOGGED")


def log(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE readings_salt SET LOGGED")


class Migration(migrations.Migration):
    dependencies = [("readings", "0001_initial")]
    operations = [migrations.RunPython(unlog, log)]
