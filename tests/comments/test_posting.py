from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments import moderation, posting
from comments.models import Comment, ModerationDecision, Report
from comments.threads import page_of_thread
from lib.refused import Refused
from tests.factories import make_article, make_author, make_comment


def counts(article, author):
    article.refresh_from_db()
    author.refresh_from_db()
    return article.comments_count, author.comments_count


def test_comment_counts_for_article_and_author(chloe):
    article = make_article()
    comment = make_comment(article, chloe, text="Bonjour.\n\nVoici.")
    assert comment.html == "<p>Bonjour.</p><p>Voici.</p>"
    assert counts(article, chloe) == (1, 1)


def test_same_form_sent_twice_is_one_comment(chloe):
    article, submission = make_article(), uuid4()
    first = posting.post(article=article, author=chloe, text="Un", submission=submission)
    again = posting.post(article=article, author=chloe, text="Un", submission=submission)
    assert first == again
    assert counts(article, chloe) == (1, 1)


def test_same_text_from_two_tabs_is_one_comment(chloe):
    article = make_article()
    assert make_comment(article, chloe, text="Pareil") == make_comment(
        article, chloe, text="Pareil"
    )
    assert counts(article, chloe) == (1, 1)


def test_same_text_by_two_readers_is_two(chloe, denis):
    article = make_article()
    assert make_comment(article, chloe, text="D’accord") != make_comment(
        article, denis, text="D’accord"
    )


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "x" * 3001, "\x00"])
def test_empty_and_endless_texts_are_refused(chloe, text):
    with pytest.raises(Refused):
        posting.post(article=make_article(), author=chloe, text=text)


def test_closed_article_takes_no_comment(chloe):
    with pytest.raises(Refused, match="closes"):
        make_comment(make_article(comments_open=False), chloe)


def test_reply_belongs_under_the_same_article(chloe):
    parent = make_comment(make_article())
    with pytest.raises(Refused, match="autre article"):
        make_comment(make_article(), chloe, parent=parent)


def test_hidden_comment_takes_no_reply(chloe):
    article = make_article()
    parent = make_comment(article, hidden=True)
    with pytest.raises(Refused, match="plus visible"):
        make_comment(article, chloe, parent=parent)


def test_author_edits_within_ten_minutes(chloe):
    comment = make_comment(make_article(), chloe)
    edited = posting.edit(comment, author=chloe, text="Mieux dit")
    assert edited.html == "<p>Mieux dit</p>"
    assert edited.edited_at


def test_nobody_edits_later_or_for_another(chloe, denis):
    comment = make_comment(make_article(), chloe)
    with pytest.raises(Refused):
        posting.edit(comment, author=denis, text="Non")
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(Refused):
        posting.edit(comment, author=chloe, text="Trop tard")


def test_retracted_comment_leaves_its_place(chloe):
    article = make_article()
    comment = make_comment(article, chloe)
    posting.retract(comment, author=chloe)
    assert counts(article, chloe) == (0, 0)
    assert page_of_thread(article).items == [comment]
    with pytest.raises(Refused):
        posting.retract(comment, author=chloe)


def test_hiding_and_restoring_move_the_counters_once(bruno, chloe):
    article = make_article()
    comment = make_comment(article, chloe)
    moderation.report(reason="INSULT", comment=comment)
    assert moderation.hide(comment, actor=bruno.user, reason="INSULT", explanation="Pas d’attaque.")
    assert not moderation.hide(comment, actor=bruno.user, reason="INSULT")
    assert counts(article, chloe) == (0, 0)
    assert not Report.objects.filter(handled_at=None).exists()
    assert moderation.restore(
        comment, actor=bruno.user, explanation="Une citation, pas une attaque."
    )
    assert not moderation.restore(comment, actor=bruno.user, explanation="Encore.")
    assert counts(article, chloe) == (1, 1)
    assert [decision.kind for decision in ModerationDecision.objects.order_by("id")] == [
        "HIDE",
        "RESTORE",
    ]


def test_restoring_and_dismissing_need_a_reason(bruno):
    comment = make_comment(make_article(), hidden=True)
    with pytest.raises(ValueError, match="explanation"):
        moderation.restore(comment, actor=bruno.user, explanation=" ")
    with pytest.raises(ValueError, match="explanation"):
        moderation.dismiss(Report.objects.all(), actor=bruno.user, explanation="")
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationDecision.objects.create(comment=comment, kind="DISMISS")


def test_dismissed_reports_leave_one_decision_a_text(bruno):
    comment, article = make_comment(make_article()), make_article()
    for _n in range(2):
        moderation.report(reason="INSULT", comment=comment)
        moderation.report(reason="ERROR", article=article)
    assert (
        moderation.dismiss(Report.objects.all(), actor=bruno.user, explanation="La source le dit.")
        == 4
    )
    assert moderation.dismiss(Report.objects.all(), actor=bruno.user, explanation="Encore.") == 0
    decision, noted = ModerationDecision.objects.get(), article.decisions.get(kind="REPORTS")
    assert (decision.kind, decision.comment, decision.explanation, decision.actor) == (
        "DISMISS",
        comment,
        "La source le dit.",
        bruno.user,
    )
    assert (noted.note, noted.reason, noted.actor) == (
        "signalements : 2",
        "La source le dit.",
        bruno.user,
    )


def test_hiding_needs_a_known_reason(bruno):
    with pytest.raises(ValueError, match="unknown reason"):
        moderation.hide(make_comment(make_article()), actor=bruno.user, reason="BECAUSE")


def test_second_report_by_the_same_reader_changes_nothing(chloe):
    comment = make_comment(make_article())
    assert moderation.report(reason="INSULT", comment=comment, reporter=chloe)
    assert moderation.report(reason="OTHER", comment=comment, reporter=chloe) is None
    assert moderation.report(reason="OTHER", comment=comment)
    assert Report.objects.count() == 2


def test_deleted_comments_leave_the_counters(chloe):
    article = make_article()
    parent = make_comment(article, chloe)
    make_comment(article, chloe, parent=parent)
    make_comment(article, chloe, hidden=True)
    parent.delete()
    assert counts(article, chloe) == (0, 0)


def test_deep_threads_stay_within_the_path(chloe):
    article, parent = make_article(), None
    for _n in range(Comment.MAX_DEPTH + 3):
        parent = make_comment(article, chloe, parent=parent)
    assert parent.depth == Comment.MAX_DEPTH
    ids = [comment.pk for comment in page_of_thread(article).items]
    assert ids == sorted(ids)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(parents=st.lists(st.integers(min_value=-1, max_value=14), min_size=1, max_size=15))
def test_thread_is_in_reading_order(db, parents):
    article, author = make_article(), make_author()
    made = []
    for index, wanted in enumerate(parents):
        parent = made[wanted] if 0 <= wanted < index else None
        made.append(make_comment(article, author, parent=parent))

    def walk(parent):
        for comment in made:
            if comment.parent == parent:
                yield comment
                yield from walk(comment)

    assert page_of_thread(article).items == list(walk(None))
