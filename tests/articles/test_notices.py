"""Urgent notices: set and taken away in one act, logged, announced, and guarded by the database."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from articles import changes, counters, notices, publishing
from articles.models import Article, Revision, UrgentNotice
from lib.refused import Refused
from tests.factories import make_article

WORDS = "Le lot 12 de ce sirop est rappelé : ne le prenez plus."
PAGE = "https://ansm.sante.fr/rappels"


def issue(article, **changes):
    fields = {"kind": "RECALL", "text": WORDS, "source": PAGE, "actor": None}
    return notices.issue(article=article, **{**fields, **changes})


@pytest.fixture
def heard(db):
    """The articles of which a change of the warning was announced, with their flag of then."""
    found = []

    def hear(subject, **_):
        found.append((subject.pk, subject.has_notice))

    changes.notice_changed.signal.connect(hear)
    yield found
    changes.notice_changed.signal.disconnect(hear)


def test_notice_stands_at_once_and_the_log_has_its_words(bruno, heard):
    article = make_article()
    notice = issue(article, actor=bruno.user)
    assert article.has_notice
    assert list(article.notices.standing()) == [notice]
    decision = article.decisions.first()
    assert (decision.get_kind_display(), str(decision), decision.reason, decision.actor) == (
        "avertissement affiché",
        "médicament ou produit rappelé",
        WORDS,
        bruno.user,
    )
    assert heard == [(article.pk, True)]


def test_notice_that_is_ended_stays_with_who_ended_it_and_why(bruno, heard):
    article = make_article()
    notice = issue(article)
    notices.end(notice, actor=bruno.user, reason=" Le rappel est levé. ")
    notice.refresh_from_db()
    article.refresh_from_db()
    assert (notice.ended_by, notice.text, article.has_notice) == (bruno.user, WORDS, False)
    assert notice.ended_at >= notice.issued_at
    decision = article.decisions.first()
    assert (decision.kind, decision.reason) == ("NOTICE_END", "Le rappel est levé.")
    assert heard == [(article.pk, True), (article.pk, False)]


def test_log_is_in_french_whoever_writes_it(db):
    article = make_article()
    with translation.override("en"):
        issue(article)
    assert article.decisions.first().note == "médicament ou produit rappelé"


def test_text_and_its_dates_are_not_touched(db):
    article = make_article()
    before = Article.objects.values("updated_at", "modified_at", "body_html").get()
    notices.end(issue(article), actor=None, reason="Fin.")
    assert Article.objects.values("updated_at", "modified_at", "body_html").get() == before
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("published", [True, False])
def test_only_a_published_article_carries_a_notice(db, published):
    article = make_article(published=published)
    if published:
        publishing.withdraw(article, actor=None, reason="Faux.")
    with pytest.raises(Refused, match="publié"):
        issue(article)


def test_second_notice_is_refused_until_the_first_has_ended(db):
    article = make_article()
    first = issue(article)
    with pytest.raises(Refused, match="déjà affiché"):
        issue(article, text="Un autre.")
    notices.end(first, actor=None, reason="Remplacé.")
    issue(article, text="Un autre.")
    assert [notice.text for notice in article.notices.all()] == ["Un autre.", WORDS]


def test_notice_needs_words_and_its_end_a_reason(db):
    article = make_article()
    with pytest.raises(Refused, match="doivent savoir"):
        issue(article, text=" ")
    notice = issue(article)
    with pytest.raises(Refused, match="pourquoi"):
        notices.end(notice, actor=None, reason="\n")


def test_notice_ends_once(db):
    notice = issue(make_article())
    notices.end(notice, actor=None, reason="Fin.")
    with pytest.raises(Refused, match="déjà retiré"):
        notices.end(UrgentNotice.objects.get(), actor=None, reason="Fin.")
    assert notice.article.decisions.filter(kind="NOTICE_END").count() == 1


def test_notice_outlasts_a_withdrawal_and_ends_during_one(db):
    article = make_article()
    notice = issue(article)
    publishing.withdraw(article, actor=None, reason="À revoir.")
    article.refresh_from_db()
    assert article.has_notice
    notices.end(notice, actor=None, reason="Fin.")
    publishing.publish(article, actor=None)
    article.refresh_from_db()
    assert not article.has_notice


def test_words_of_a_notice_do_not_change_after_its_issue(db):
    notice = issue(make_article())
    notice.text, notice.kind, notice.ended_at = "Autre chose.", "OTHER", timezone.now()
    notice.save()
    notice.refresh_from_db()
    assert (notice.text, notice.kind) == (WORDS, "RECALL")
    assert notice.ended_at


def test_flag_is_left_alone_by_who_saves_an_older_article(db):
    article = make_article()
    older = Article.objects.get()
    issue(article)
    older.title = "Un autre titre"
    older.save()
    assert Article.objects.get().has_notice


def test_receiver_that_fails_undoes_the_notice(db):
    article = make_article()

    def fail(**_):
        raise ZeroDivisionError

    changes.notice_changed.signal.connect(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            issue(article)
    finally:
        changes.notice_changed.signal.disconnect(fail)
    assert not UrgentNotice.objects.exists()
    assert not Article.objects.get().has_notice


def test_recount_puts_the_flag_right(db, capsys):
    warned, other = make_article(), make_article()
    issue(warned)
    assert counters.recount(check=True) == []
    Article.objects.filter(pk=warned.pk).update(has_notice=False)
    Article.objects.filter(pk=other.pk).update(has_notice=True)
    call_command("recount")
    assert "articles.Article" in capsys.readouterr().out
    assert list(Article.objects.filter(has_notice=True)) == [warned]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "ELSE"},
        {"text": ""},
        {"text": "a" * 601},
        {"source": "http://ansm.sante.fr/"},
        {"source": "ansm.sante.fr"},
        {"ended_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_database_refuses_what_no_notice_can_be(db, wrong):
    fields = {"article": make_article(), "kind": "RECALL", "text": WORDS, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        UrgentNotice.objects.bulk_create([UrgentNotice(**fields)])


def test_database_refuses_who_ended_a_notice_that_stands(bruno):
    notice = issue(make_article())
    with pytest.raises(IntegrityError), transaction.atomic():
        UrgentNotice.objects.filter(pk=notice.pk).update(ended_by=bruno.user)


def test_database_keeps_one_standing_notice_an_article(db):
    article = make_article()
    issue(article)
    with pytest.raises(IntegrityError), transaction.atomic():
        UrgentNotice.objects.create(article=article, kind="OTHER", text="Un autre.")


def test_form_tells_a_source_that_is_not_https(db):
    notice = UrgentNotice(
        article=make_article(), kind="OTHER", text="Attention.", source="ftp://x.y"
    )
    with pytest.raises(ValidationError) as error:
        notice.full_clean()
    assert "source" in error.value.message_dict


def test_notice_goes_with_its_article_and_outlives_the_account_of_its_author(bruno):
    article = make_article()
    notice = issue(article, actor=bruno.user)
    bruno.user.delete()
    notice.refresh_from_db()
    assert notice.issued_by is None
    article.delete()
    assert not UrgentNotice.objects.exists()
