"""Editors see the messages of the contact form and mark them as handled."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

CODENAMES = ["view_contactmessage", "change_contactmessage"]


def grant(apps, schema_editor):
    create_permissions(current_apps.get_app_config("carevox"), verbosity=0, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    group, _created = Group.objects.get_or_create(name="Éditeurs")
    group.permissions.add(*Permission.objects.filter(content_type__app_label="carevox", codename__in=CODENAMES))


class Migration(migrations.Migration):
    dependencies = [("carevox", "0004_sharing")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
