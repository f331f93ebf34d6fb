import pytest
from django.contrib.admin import site

from comments import moderation
from comments.models import Comment, Report
from tests.factories import make_article, make_author, make_comment

LIST = "/admin/comments/comment/"


@pytest.fixture
def moderator(as_, db):
    return as_(make_author("Verveine", member=True, role="MODERATOR"))


def test_moderator_hides_with_a_reason_and_restores(moderator):
    comment = make_comment(make_article())
    chosen = {"_selected_action": [comment.pk]}
    assert "Motif" in moderator.post(LIST, {"action": "hide_selected", **chosen}).content.decode()
    assert (
        moderator.post(LIST, {"action": "hide_selected", "apply": "1", **chosen}).status_code == 422
    )
    moderator.post(
        LIST,
        {"action": "hide_selected", "apply": "1", "reason": "INSULT", "explanation": "", **chosen},
    )
    assert Comment.objects.get().state == "HIDDEN"
    assert moderator.get(f"{LIST}{comment.pk}/change/").status_code == 200
    assert (
        "Rétablir des réactions"
        in moderator.post(LIST, {"action": "restore_selected", **chosen}).content.decode()
    )
    assert (
        moderator.post(
            LIST, {"action": "restore_selected", "apply": "1", "explanation": " ", **chosen}
        ).status_code
        == 422
    )
    assert Comment.objects.get().state == "HIDDEN"
    moderator.post(
        LIST, {"action": "restore_selected", "apply": "1", "explanation": "Une citation.", **chosen}
    )
    assert Comment.objects.get().state == "VISIBLE"
    assert comment.decisions.first().explanation == "Une citation."


def test_reports_are_one_line_a_comment_and_can_be_closed(moderator):
    comment, quiet = make_comment(make_article()), make_comment(make_article())
    for reason in ("ADVERTISING", "HEALTH_DANGER", "HEALTH_DANGER"):
        moderation.report(reason=reason, comment=comment)
    html = moderator.get(LIST, {"signalees": "1"}).content.decode()
    assert html.count("action-checkbox") == 2 or str(quiet) not in html
    assert '<td class="field-open_reports">Danger 2, Publicité 1</td>' in html
    sent = {"action": "dismiss_selected", "_selected_action": [comment.pk]}
    assert (
        "Dites pourquoi"
        in moderator.post(LIST, {**sent, "apply": "1", "explanation": ""}).content.decode()
    )
    moderator.post(LIST, {**sent, "apply": "1", "explanation": "Le conseil est celui de la HAS."})
    assert not Report.objects.filter(handled_at=None).exists()


def test_article_report_is_closed_from_its_list(moderator):
    report = moderation.report(reason="ERROR", article=make_article())
    sent = {"action": "dismiss_selected", "_selected_action": [report.pk]}
    assert (
        "Classer des signalements"
        in moderator.post("/admin/comments/report/", sent).content.decode()
    )
    assert (
        moderator.post(
            "/admin/comments/report/", {**sent, "apply": "1", "explanation": ""}
        ).status_code
        == 422
    )
    moderator.post(
        "/admin/comments/report/", {**sent, "apply": "1", "explanation": "La source le dit."}
    )
    report.refresh_from_db()
    assert report.handled_by.email
    assert report.article.decisions.first().reason == "La source le dit."


def test_nothing_is_deleted_or_rewritten(moderator):
    comment = make_comment(make_article())
    assert moderator.post(f"{LIST}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    assert moderator.post(f"{LIST}{comment.pk}/change/", {"text": "Autre"}).status_code == 403
    assert moderator.get(f"{LIST}add/").status_code == 403
    assert moderator.get("/admin/comments/moderationdecision/").status_code == 200


def test_moderator_decides_on_the_page_of_the_reaction(moderator):
    comment = make_comment(make_article())
    moderation.report(reason="INSULT", comment=comment)
    page, decision = f"{LIST}{comment.pk}/change/", f"{LIST}{comment.pk}/decision/"
    assert "Masquer cette réaction" in moderator.get(page).content.decode()
    assert "Classer ses signalements" in moderator.get(page).content.decode()
    assert "Dites pourquoi" in moderator.post(decision, {"dismiss": "1"}).content.decode()
    moderator.post(decision, {"dismiss": "1", "explanation": "Une simple opinion."})
    assert "Classer ses signalements" not in moderator.get(page).content.decode()
    assert not Report.objects.filter(handled_at=None).exists()
    assert moderator.post(decision, {"hide": "1"}).status_code == 422
    moderator.post(decision, {"hide": "1", "reason": "INSULT", "explanation": ""})
    assert Comment.objects.get().state == "HIDDEN"
    assert "Rétablir cette réaction" in moderator.get(page).content.decode()
    assert moderator.post(decision, {"restore": "1", "explanation": ""}).status_code == 422
    moderator.post(decision, {"restore": "1", "explanation": "Une citation."})
    assert Comment.objects.get().state == "VISIBLE"


def test_reader_decides_nothing(client, db):
    comment = make_comment(make_article())
    assert (
        client.post(f"{LIST}{comment.pk}/decision/", {"hide": "1", "reason": "INSULT"}).status_code
        == 302
    )
    assert Comment.objects.get().state == "VISIBLE"


def test_two_lists_asked_for_at_once_keep_their_own_numbers(rf, db):
    """One ModelAdmin serves all threads: what a request counts must not lie on it."""
    comment = make_comment(make_article())
    moderation.report(reason="INSULT", comment=comment)
    hidden = make_comment(make_article(), hidden=True)
    editor, colleague = rf.get(LIST, {"state": "VISIBLE"}), rf.get(LIST, {"state": "HIDDEN"})
    editor.user = colleague.user = make_author("Verveine", member=True, role="MODERATOR").user
    comments = site.get_model_admin(Comment)
    first = comments.get_changelist_instance(editor)
    second = comments.get_changelist_instance(colleague)
    assert {row.pk: comments.open_reports(row) for row in first.result_list} == {
        comment.pk: "Insulte 1"
    }
    assert {row.pk: comments.open_reports(row) for row in second.result_list} == {hidden.pk: "–"}
