"""A decision stands: nobody changes or deletes it, in Python or behind its back in the database."""

import logging

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from articles import publishing
from articles.models import Article, ArticleDecision
from comments import moderation
from comments.models import Comment, ModerationDecision
from lib.decisions import AppendOnly, Decision, redact
from lib.decisions.passages import REDACTION, passage
from lib.decisions.record import REDACTED
from tests.factories import make_article, make_comment

KINDS = [model for model in apps.get_models() if issubclass(model, Decision)]


@pytest.fixture
def decisions(bruno):
    """One row of each kind of decision, with all its words."""
    article = make_article()
    publishing.withdraw(article, actor=bruno.user, reason="Un patient se reconnaît.")
    comment = make_comment(make_article())
    moderation.hide(comment, actor=bruno.user, reason="PRIVACY", explanation="Elle nomme sa sœur.")
    return {model: model.objects.exclude(**{model.FREE_TEXT[0]: ""}).first() for model in KINDS}


def refused_by_database(change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_cast_is_complete():
    assert set(KINDS) == {ArticleDecision, ModerationDecision}


@pytest.mark.parametrize("model", KINDS)
@pytest.mark.parametrize(
    "change",
    [
        lambda row, rows: row.save(),
        lambda row, rows: row.save(update_fields=["actor"]),
        lambda row, rows: row.delete(),
        lambda row, rows: rows.update(actor=None),
        lambda row, rows: rows.delete(),
        lambda row, rows: rows.bulk_update([row], ["kind"]),
        lambda row, rows: rows.bulk_create(
            [row], update_conflicts=True, unique_fields=["id"], update_fields=["kind"]
        ),
        lambda row, rows: rows.update_or_create(pk=row.pk, defaults={"actor": None}),
    ],
)
def test_python_refuses(decisions, model, change):
    with pytest.raises(AppendOnly):
        change(decisions[model], model.objects.filter(pk=decisions[model].pk))


@pytest.mark.parametrize("model", KINDS)
def test_database_refuses(decisions, model, chloe):
    table, row = model._meta.db_table, decisions[model]
    rows = model._base_manager.filter(pk=row.pk)
    refused_by_database(lambda: rows.update(decided_at="2001-01-01T00:00Z"))
    refused_by_database(lambda: rows.update(**{model.FREE_TEXT[0]: "Autre chose."}))
    refused_by_database(lambda: rows.update(**{model.FREE_TEXT[0]: REDACTED}))
    refused_by_database(lambda: rows.update(reason=REDACTED, actor=None))
    refused_by_database(rows.delete)
    refused_by_database(lambda: run(f"UPDATE {table} SET id = id + 1000"))
    refused_by_database(lambda: run(f"DELETE FROM {table} WHERE id = %s", row.pk))
    if connection.vendor == "sqlite":
        names = ", ".join(field.column for field in model._meta.concrete_fields)
        again = f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table}"
        refused_by_database(lambda: run(again))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(actor=chloe.user)
    assert model.objects.get(pk=row.pk).decided_at == row.decided_at


@pytest.mark.parametrize("model", KINDS)
def test_decision_outlives_the_account_of_its_actor(decisions, model, bruno):
    bruno.user.delete()
    kept = model.objects.get(pk=decisions[model].pk)
    assert (kept.actor, kept.decided_at) == (None, decisions[model].decided_at)


def test_decisions_go_with_their_text_and_the_log_says_so(decisions, caplog):
    caplog.set_level(logging.INFO, "lib.decisions")
    comment = decisions[ModerationDecision].comment
    pk = comment.pk
    comment.delete()
    assert not ModerationDecision.objects.exists()
    assert f"purged with comments.Comment {pk}" in caplog.text
    Comment.objects.all().delete()
    Article.objects.all().delete()
    assert not ArticleDecision.objects.exists()
    assert "purged with rows of articles.Article" in caplog.text


def test_way_is_closed_again_after_an_error(decisions):
    article = decisions[ArticleDecision].article

    def deleted_in_vain():
        with transaction.atomic():
            article.delete()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        deleted_in_vain()
    rows = ArticleDecision._base_manager.all()
    assert rows.exists()
    refused_by_database(rows.delete)


@pytest.mark.parametrize("model", KINDS)
def test_redaction_blacks_out_the_words_and_nothing_else(decisions, model, bruno, caplog):
    row = decisions[model]
    caplog.set_level(logging.WARNING, "lib.decisions")
    secret = getattr(row, model.FREE_TEXT[0])
    assert secret
    redact(row, actor=bruno.user, why="Demande d’effacement")
    kept = model.objects.get(pk=row.pk)
    assert getattr(kept, model.FREE_TEXT[0]) == getattr(row, model.FREE_TEXT[0]) == REDACTED
    assert (kept.kind, kept.actor, kept.decided_at) == (row.kind, bruno.user, row.decided_at)
    assert f"{model._meta.label} {row.pk} redacted by account {bruno.user.pk}" in caplog.text
    assert secret not in caplog.text
    refused_by_database(lambda: model._base_manager.update(**{model.FREE_TEXT[0]: secret}))


@pytest.mark.parametrize("model", KINDS)
def test_redaction_lets_nothing_else_through(decisions, model):
    rows = model._base_manager.filter(pk=decisions[model].pk)

    def within(change):
        def changed():
            with passage(REDACTION, using="default"):
                change()

        return changed

    refused_by_database(within(lambda: rows.update(**{model.FREE_TEXT[0]: "Autre chose."})))
    refused_by_database(within(lambda: rows.update(decided_at="2001-01-01T00:00Z")))
    refused_by_database(within(rows.delete))


def test_redaction_needs_a_reason(decisions):
    with pytest.raises(ValueError, match="reason"):
        redact(decisions[ArticleDecision], actor=None, why=" ")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", KINDS)
def test_triggers_are_back_after_a_table_was_remade(decisions, model):
    """SQLite alters a column by making the table anew, and its triggers go with the old one."""
    name = model.FREE_TEXT[0]
    former, wider = model._meta.get_field(name), models.TextField(max_length=999, null=True)
    wider.set_attributes_from_name(name)
    wider.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, former, wider)
    with connection.schema_editor() as editor:
        editor.alter_field(model, wider, former)
    call_command("migrate", verbosity=0)
    refused_by_database(model._base_manager.filter(pk=decisions[model].pk).delete)
    refused_by_database(lambda: model._base_manager.update(**{name: "Autre chose."}))


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_tables_and_nothing_short_of_it_does(decisions):
    for model in KINDS:
        table = model._meta.db_table
        emptying = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"
        refused_by_database(lambda: run(f"{emptying} {table}"))  # noqa: B023
    call_command("flush", verbosity=0, interactive=False)
    assert not any(model.objects.exists() for model in KINDS)


@pytest.mark.django_db(transaction=True)
def test_flush_that_is_not_wanted_purges_nothing_and_holds_no_lock(decisions, monkeypatch, caplog):
    caplog.set_level(logging.INFO, "lib.decisions")
    asked = []

    def answer(question):
        asked.append(connection.in_atomic_block)
        return "no"

    monkeypatch.setattr("builtins.input", answer)
    call_command("flush", verbosity=0)
    assert asked == [False]
    assert all(model.objects.exists() for model in KINDS)
    assert "purged" not in caplog.text
