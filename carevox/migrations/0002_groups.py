"""The groups of moderators and editors, with what each may do in the admin."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

MODERATORS = {
    "comments": ["view_comment", "change_comment", "view_report", "change_report", "view_moderationdecision"],
    "articles": ["view_article", "view_section", "view_tag", "view_picture", "view_decision", "view_revision"],
    "authors": ["view_author"],
}
EDITORS = {
    "articles": [
        *(f"{verb}_{model}" for model in ("article", "section", "picture", "tag", "source", "redirect") for verb in ("add", "change", "view")),
        *("publish_article", "delete_article", "delete_source", "delete_redirect", "view_rating", "view_decision", "view_revision"),
    ],
    "authors": ["view_author", "add_author", "change_author"],
    "carevox": ["view_sitesettings", "change_sitesettings", "add_sitesettings", "view_sitepage", "add_sitepage", "change_sitepage", "view_contactmessage", "change_contactmessage"],
}


def create_groups(apps, schema_editor):
    for label in ("articles", "authors", "comments", "carevox"):
        create_permissions(current_apps.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, wanted in (("Modérateurs", MODERATORS), ("Éditeurs", EDITORS)):
        group, _created = Group.objects.get_or_create(name=name)
        for label, codenames in wanted.items():
            group.permissions.add(*Permission.objects.filter(content_type__app_label=label, codename__in=codenames))


def delete_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=["Modérateurs", "Éditeurs"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("carevox", "0001_initial"),
        ("articles", "0002_initial"),
        ("authors", "0001_initial"),
        ("comments", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create_groups, delete_groups)]
