"""« Quelqu’un semble en danger »: read first, told at once, with what to do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import moderation, on_call
from comments.admin.words import REASONS
from comments.models import GRAVITY, Report
from lib.web.honeypot import stamp
from magazine.models import SiteSettings
from outbox.models import Mail
from tests.factories import make_article, make_author, make_comment

LIST, REPORTS = "/admin/comments/comment/", "/admin/comments/report/"
TEXT = "Je n’en peux plus."


@pytest.fixture
def moderator(as_, db):
    return as_(make_author("Verveine", member=True, role="MODERATOR"))


@pytest.fixture
def astreinte(db):
    addresses = {"contact_email": "lettres@example.org", "on_call_email": "nuit@example.org"}
    SiteSettings.objects.update_or_create(pk=1, defaults=addresses)


@pytest.fixture
def comment(db):
    return make_comment(make_article(title="Vivre après"), make_author("Aubépine"), text=TEXT)


def fear(comment=None, **fields):
    return moderation.report(reason="IN_DANGER", comment=comment, **fields)


def test_it_is_the_first_reason_for_reactions_and_articles(client, comment):
    for path in (f"/reactions/{comment.pk}", comment.article.get_absolute_url()):
        html = client.get(f"{path}/signalement/").content.decode()
        assert html.index("Quelqu’un semble en danger") < html.index("Conseil dangereux")


def test_every_reason_has_its_gravity_and_its_word():
    assert set(GRAVITY) == set(Report.Reason.values) == set(REASONS)
    assert GRAVITY[0] == "IN_DANGER"


def test_person_on_call_is_told_what_to_do_and_nobody_is_named(astreinte, comment, denis):
    report = fear(comment, reporter=denis, message="Je le connais, il habite Lyon.")
    mail = Mail.objects.get()
    assert mail.recipient == "nuit@example.org"
    assert mail.subject == f"[CareVox] URGENT : quelqu’un semble en danger (réaction {comment.pk})"
    assert f"/admin/comments/comment/{comment.pk}/change/" in mail.body
    for said in (TEXT, "le 15, le 17 ou le 112", "3114", "Pharos", "article 18", "Bonjour."):
        assert said in mail.body
    for kept_out in ("Aubépine", denis.pseudonym, denis.user.email, "Lyon"):
        assert kept_out not in mail.body
    assert report.alerted_at


def test_fifty_reports_of_one_text_are_one_mail_an_hour(astreinte, comment):
    for _n in range(50):
        fear(comment)
    assert Mail.objects.count() == 1
    fear(article=comment.article)
    fear(make_comment(comment.article))
    assert Mail.objects.count() == 3
    Report.objects.update(alerted_at=timezone.now() - timedelta(minutes=61))
    fear(comment)
    fear(comment)
    assert Mail.objects.count() == 4


def test_mail_goes_to_the_contact_address_without_anybody_on_call(astreinte, comment):
    SiteSettings.objects.update(on_call_email="")
    fear(article=comment.article)
    mail = Mail.objects.get()
    assert mail.recipient == "lettres@example.org"
    assert "Vivre après" in mail.body
    assert f"/admin/articles/article/{comment.article_id}/change/" in mail.body


def test_report_is_kept_where_nobody_has_an_address(comment):
    assert fear(comment).alerted_at is None
    assert not Mail.objects.exists()


def test_report_and_mail_stand_or_fall_together(astreinte, comment, monkeypatch):
    def fail(**_):
        raise OSError("full")

    monkeypatch.setattr(on_call.posting, "post", fail)
    with pytest.raises(OSError, match="full"):
        fear(comment)
    assert not Report.objects.exists()


def test_other_reasons_send_no_mail(astreinte, comment):
    moderation.report(reason="INSULT", comment=comment)
    assert not Mail.objects.exists()


def test_who_has_reported_an_insult_may_still_fear_for_somebody(astreinte, comment, denis):
    first = moderation.report(reason="INSULT", comment=comment, reporter=denis, message="Un mot")
    assert fear(comment, reporter=denis) == first
    assert fear(comment, reporter=denis) is None
    report = Report.objects.get()
    assert (report.reason, report.message) == ("IN_DANGER", "Un mot")
    assert Mail.objects.count() == 1


def test_gravest_open_report_stands_on_top_then_the_oldest(moderator, comment):
    article = comment.article
    old, danger, new = (
        moderation.report(reason=reason, article=article, message=f"Signalement {n}")
        for n, reason in enumerate(("INSULT", "IN_DANGER", "INSULT"))
    )
    handled = fear(article=article, message="Signalement 3")
    moderation.settle(Report.objects.filter(pk=handled.pk), actor=None)
    for query in ({}, {"handled_at__isempty": "1"}):
        html = moderator.get(REPORTS, query).content.decode()
        places = [html.index(f"Signalement {n}") for n in (1, 0, 2)]
        assert places == sorted(places)
    assert html.count("Signalement ") == 3
    ids = list(Report.objects.order_by("turn", "id").values_list("pk", flat=True))
    assert ids == [danger.pk, old.pk, new.pk, handled.pk]


def test_reported_reactions_stand_in_the_same_order(moderator):
    made = [make_comment(make_article(), text=f"Réaction {n}") for n in range(4)]
    for comment, reasons in zip(
        made, (["OTHER"], ["INSULT"], ["OTHER", "IN_DANGER"], ["INSULT"]), strict=True
    ):
        for reason in reasons:
            moderation.report(reason=reason, comment=comment)
    html = moderator.get(LIST, {"signalees": "1"}).content.decode()
    places = [html.index(f">Réaction {n}<") for n in (2, 1, 3, 0)]
    assert places == sorted(places)
    assert "En danger 1, Autre 1" in html


def test_lists_read_no_report_by_report(moderator):
    def cost(address, query):
        with CaptureQueriesContext(connection) as asked:
            moderator.get(address, query)
        return len(asked)

    pages = ((REPORTS, {}), (LIST, {"signalees": "1"}), (LIST, {"a-lire": "1"}))
    fear(make_comment(make_article()))
    make_comment(make_article(is_sensitive=True))
    few = [cost(*page) for page in pages]
    for _n in range(10):
        fear(make_comment(make_article()))
        make_comment(make_article(is_sensitive=True))
    assert [cost(*page) for page in pages] == few


def test_page_of_the_reaction_says_what_to_do_while_it_is_open(moderator, comment):
    page = f"{LIST}{comment.pk}/change/"
    assert "Réponse préparée" not in moderator.get(page).content.decode()
    fear(comment)
    html = moderator.get(page).content.decode()
    assert "Réponse préparée" in html
    assert 'href="https://www.internet-signalement.gouv.fr"' in html
    moderation.dismiss(Report.objects.all(), actor=None, explanation="Appelé.")
    assert "Réponse préparée" not in moderator.get(page).content.decode()


def test_page_of_a_reaction_that_waits_says_it_when_its_words_do(moderator):
    article = make_article(is_sensitive=True)
    for text, is_urgent in (("Je veux mourir ce soir", True), ("Merci de ce récit", False)):
        html = moderator.get(f"{LIST}{make_comment(article, text=text).pk}/change/")
        assert ("Réponse préparée" in html.content.decode()) == is_urgent


def test_who_fears_for_somebody_sees_whom_to_call(client, db):
    comment = make_comment(make_article(), text="Je veux mourir ce soir")
    sent = {"reason": "IN_DANGER", "message": "", "opened": stamp()}
    answer = client.post(f"/reactions/{comment.pk}/signalement/", sent, follow=True)
    html = answer.content.decode()
    assert html.index("tel:3114") < html.index("Merci, la modération")
