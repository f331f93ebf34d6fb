"""Editors decide about the lists « aussi consulté » and see what became of them."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITORS = [
    *(f"{verb}_{model}" for verb in ("add", "delete", "view") for model in ("choice", "bannednetwork")),
    *("view_alsoviewed", "view_blocktally"),
]


def allow(apps, schema_editor):
    create_permissions(current_apps.get_app_config("readings"), verbosity=0, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    group = Group.objects.filter(name="Éditeurs").first()
    if group:
        group.permissions.add(*Permission.objects.filter(content_type__app_label="readings", codename__in=EDITORS))


def forbid(apps, schema_editor):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for group in Group.objects.filter(name="Éditeurs"):
        group.permissions.remove(*Permission.objects.filter(content_type__app_label="readings", codename__in=EDITORS))


class Migration(migrations.Migration):
    dependencies = [("carevox", "0005_contact_permissions"), ("readings", "0002_salt_unlogged")]
    operations = [migrations.RunPython(allow, forbid)]
