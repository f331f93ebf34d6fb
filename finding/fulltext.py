"""A table's own full-text index over its column `document`, in each database's way, for migrations.

On SQLite triggers feed an FTS5 table, whose rowid is the key of the table; on PostgreSQL the
generated column `vector` has a GIN index. A later migration that has SQLite remake the table loses
the triggers: it then makes the index again.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations import RunPython

ADD = "INSERT INTO {name}(rowid, document) VALUES (new.{key}, new.document);"
DROP = "INSERT INTO {name}({name}, rowid, document) VALUES ('delete', old.{key}, old.document);"
SQLITE = [
    "CREATE VIRTUAL TABLE {name} USING fts5(document, content='{table}', content_rowid='{key}',"
    " tokenize='ascii', columnsize=0{options})",
    f"CREATE TRIGGER {{name}}_added AFTER INSERT ON {{table}} BEGIN {ADD} END",
    f"CREATE TRIGGER {{name}}_removed AFTER DELETE ON {{table}} BEGIN {DROP} END",
    "CREATE TRIGGER {name}_changed AFTER UPDATE ON {table}"
    " WHEN old.{key} <> new.{key} OR old.document <> new.document"
    f" BEGIN {DROP} {ADD} END",
]
SQLITE_BACK = [
    "DROP TRIGGER {name}_changed",
    "DROP TRIGGER {name}_removed",
    "DROP TRIGGER {name}_added",
    "DROP TABLE {name}",
]
# fastupdate off: a pending list would be read through by every query
POSTGRESQL = [
    "ALTER TABLE {table} ADD COLUMN vector tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, document)) STORED",
    "CREATE INDEX {name} ON {table} USING gin (vector) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = ["ALTER TABLE {table} DROP COLUMN vector"]


def full_text_index(name: str, *, table: str, key: str, options: str = "") -> RunPython:
    """Return the operation that makes the index of this name, and takes it away again."""

    def run(schema_editor: Any, sqlite: list[str], postgresql: list[str]) -> None:
        for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
            written = statement.format(name=name, table=table, key=key, options=options)
            schema_editor.execute(written, params=None)

    def forwards(_apps: Any, schema_editor: Any) -> None:
        run(schema_editor, SQLITE, POSTGRESQL)

    def backwards(_apps: Any, schema_editor: Any) -> None:
        run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)

    return RunPython(forwards, backwards)
