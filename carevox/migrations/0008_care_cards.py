"""What editors may do with the front page and the emergency cards, and the starting cards; one that exists is left alone."""

import tomllib
from pathlib import Path

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

CARDS = Path(__file__).resolve().parent.parent / "care" / "cards.toml"
EDITORS = {
    "articles": [*(f"{verb}_carecard" for verb in ("add", "change", "delete", "view"))],
    "carevox": [f"{verb}_frontpageslot" for verb in ("add", "change", "delete", "view")],
}


def allow_editors(apps, schema_editor):
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    editors = group.objects.filter(name="Éditeurs").first()
    for label, codenames in EDITORS.items():
        create_permissions(current_apps.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
        if editors:
            editors.permissions.add(*permission.objects.filter(content_type__app_label=label, codename__in=codenames))


def create_cards(apps, schema_editor):
    card = apps.get_model("articles", "CareCard")
    for fields in tomllib.loads(CARDS.read_text(encoding="utf-8"))["cards"]:
        card.objects.get_or_create(title=fields.pop("title"), defaults=fields)


class Migration(migrations.Migration):
    dependencies = [("carevox", "0007_front_page"), ("carevox", "0002_groups"), ("articles", "0006_care_cards")]
    operations = [
        migrations.RunPython(allow_editors, migrations.RunPython.noop),
        migrations.RunPython(create_cards, migrations.RunPython.noop),
    ]
