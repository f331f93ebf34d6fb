"""What holds for a decision, said in SQL: the same on SQLite and on PostgreSQL.

`post_migrate` puts the triggers on the table of every model of an app that is a `Decision`, so
that they return after a migration that has SQLite remake a table, which drops them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate
from django.dispatch import receiver

from lib.decisions.passages import FUNCTION, PURGE, REDACTION, SETTING
from lib.decisions.record import REDACTED, Decision

NO_UPDATE, NO_DELETE, NO_TRUNCATE = "keeps_decisions", "keeps_all_decisions", "keeps_the_table"
NO_REPLACE = "keeps_numbers"  # SQLite's REPLACE deletes without asking the triggers

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    passage text := coalesce(current_setting('{SETTING}', true), '');
    former jsonb;
    wanted jsonb;
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        IF passage = '{PURGE}' THEN RETURN OLD; END IF;
    ELSE
        former := to_jsonb(OLD);
        wanted := to_jsonb(NEW);
        IF NEW.actor_id IS NULL AND wanted - 'actor_id' = former - 'actor_id' THEN
            RETURN NEW;
        END IF;
        IF passage = '{REDACTION}' AND wanted - TG_ARGV = former - TG_ARGV AND NOT EXISTS (
            SELECT 1 FROM unnest(TG_ARGV) AS name
            WHERE wanted ->> name NOT IN (former ->> name, '{REDACTED}')
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""  # noqa: S608  (our own words)


@receiver(post_migrate)
def install(sender: AppConfig, using: str, **_: Any) -> None:
    """Put the triggers on the decisions of this app. Safe to run twice."""
    connection = connections[using]
    for model in _decisions(sender, connection):
        if connection.vendor == "sqlite":
            statements = _on_sqlite(connection, model)
        else:
            statements = _on_postgresql(model)
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


@receiver(pre_migrate)
def make_way(sender: AppConfig, using: str, plan: Collection[Any] = (), **_: Any) -> None:
    """Take them off before SQLite migrates: it alters no column that a trigger names."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for model in _decisions(sender, connection):
                for statement in _off_sqlite(model._meta.db_table):
                    cursor.execute(statement)


def _decisions(app: AppConfig, connection: BaseDatabaseWrapper) -> list[type[Decision]]:
    """Return the models of the app that are decisions and have their table by now."""
    models = [model for model in app.get_models() if issubclass(model, Decision)]
    tables = connection.introspection.table_names() if models else []
    return [model for model in models if model._meta.db_table in tables]


def _on_postgresql(model: type[Decision]) -> list[str]:
    table = model._meta.db_table
    free_text = ", ".join(f"'{name}'" for name in model.FREE_TEXT)
    return [
        POSTGRESQL_FUNCTION,
        f'CREATE OR REPLACE TRIGGER {NO_UPDATE} BEFORE UPDATE OR DELETE ON "{table}"'
        f" FOR EACH ROW EXECUTE FUNCTION keep_decision({free_text})",
        f'CREATE OR REPLACE TRIGGER {NO_TRUNCATE} BEFORE TRUNCATE ON "{table}"'
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_decision()",
    ]


def _on_sqlite(connection: BaseDatabaseWrapper, model: type[Decision]) -> list[str]:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    columns = [column.name for column in described]
    actor_goes = [*_kept(columns, but=("actor_id",)), 'NEW."actor_id" IS NULL']
    redacted = [
        f"{FUNCTION}() = '{REDACTION}'",
        *_kept(columns, but=model.FREE_TEXT),
        *(f'NEW."{name}" IN (OLD."{name}", \'{REDACTED}\')' for name in model.FREE_TEXT),
    ]
    allowed = " OR ".join(f"({' AND '.join(rules)})" for rules in (actor_goes, redacted))
    taken = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id)'  # noqa: S608  (our own words)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return [
        *_off_sqlite(table),
        f'CREATE TRIGGER "{table}_{NO_UPDATE}" BEFORE UPDATE ON "{table}"'
        f" WHEN NOT ({allowed}) {refuse}",
        f'CREATE TRIGGER "{table}_{NO_DELETE}" BEFORE DELETE ON "{table}"'
        f" WHEN {FUNCTION}() <> '{PURGE}' {refuse}",
        f'CREATE TRIGGER "{table}_{NO_REPLACE}" BEFORE INSERT ON "{table}" WHEN {taken} {refuse}',
    ]


def _kept(columns: list[str], *, but: Collection[str]) -> list[str]:
    return [f'NEW."{name}" IS OLD."{name}"' for name in columns if name not in but]


def _off_sqlite(table: str) -> list[str]:
    names = (NO_UPDATE, NO_DELETE, NO_REPLACE)
    return [f'DROP TRIGGER IF EXISTS "{table}_{name}"' for name in names]
