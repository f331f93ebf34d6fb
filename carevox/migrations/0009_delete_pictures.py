"""Editors delete pictures that nothing shows."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations


def chosen(apps):
    return apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles", codename="delete_picture")


def allow(apps, schema_editor):
    create_permissions(current_apps.get_app_config("articles"), verbosity=0, using=schema_editor.connection.alias)
    for group in apps.get_model("auth", "Group").objects.filter(name="Éditeurs"):
        group.permissions.add(*chosen(apps))


def forbid(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="Éditeurs"):
        group.permissions.remove(*chosen(apps))


class Migration(migrations.Migration):
    dependencies = [("carevox", "0008_care_cards"), ("articles", "0001_initial")]
    operations = [migrations.RunPython(allow, forbid)]
