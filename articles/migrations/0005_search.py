"""The index of the search, in each database's own way.

A later migration that has SQLite remake `articles_searchentry` loses the triggers: it then runs `create_index` again.
"""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    "CREATE VIRTUAL TABLE articles_search USING fts5("
    "document, content='articles_searchentry', content_rowid='key', tokenize='ascii', columnsize=0)",
    "CREATE TRIGGER articles_search_added AFTER INSERT ON articles_searchentry BEGIN"
    " INSERT INTO articles_search(rowid, document) VALUES (new.key, new.document); END",
    "CREATE TRIGGER articles_search_removed AFTER DELETE ON articles_searchentry BEGIN"
    " INSERT INTO articles_search(articles_search, rowid, document) VALUES ('delete', old.key, old.document); END",
    "CREATE TRIGGER articles_search_changed AFTER UPDATE ON articles_searchentry"
    " WHEN old.key <> new.key OR old.document <> new.document BEGIN"
    " INSERT INTO articles_search(articles_search, rowid, document) VALUES ('delete', old.key, old.document);"
    " INSERT INTO articles_search(rowid, document) VALUES (new.key, new.document); END",
]
SQLITE_BACK = [
    "DROP TRIGGER articles_search_changed",
    "DROP TRIGGER articles_search_removed",
    "DROP TRIGGER articles_search_added",
    "DROP TABLE articles_search",
]
# fastupdate off: a pending list would be read through by every query
POSTGRESQL = [
    "ALTER TABLE articles_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, document)) STORED",
    "CREATE INDEX articles_search ON articles_searchentry USING gin (vector) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = ["ALTER TABLE articles_searchentry DROP COLUMN vector"]


def create_index(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def drop_index(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_share_pictures")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="search_entry", serialize=False, to="articles.article"
                    ),
                ),
                ("key", models.BigIntegerField(unique=True)),
                ("document", models.TextField()),
            ],
            options={"verbose_name": "entrée de la recherche", "verbose_name_plural": "entrées de la recherche"},
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("folded", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("shown", models.CharField(max_length=60)),
            ],
            options={"verbose_name": "mot de la recherche", "verbose_name_plural": "mots de la recherche"},
        ),
        migrations.RunPython(create_index, drop_index, elidable=False),
    ]
