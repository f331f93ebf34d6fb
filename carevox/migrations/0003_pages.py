"""The starting texts of the site's own pages; a page that exists is left alone."""

import tomllib
from pathlib import Path

from django.db import migrations

PAGES = Path(__file__).resolve().parent.parent / "pages" / "pages.toml"


def create_pages(apps, schema_editor):
    page = apps.get_model("carevox", "SitePage")
    for position, fields in enumerate(tomllib.loads(PAGES.read_text(encoding="utf-8"))["pages"]):
        page.objects.get_or_create(slug=fields.pop("slug"), defaults={**fields, "position": position})


class Migration(migrations.Migration):
    dependencies = [("carevox", "0002_groups")]
    operations = [migrations.RunPython(create_pages, migrations.RunPython.noop)]
