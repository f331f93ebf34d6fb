"""Urgent notices in the admin: one act on the form of the article, and the list of all."""

import re
from html import unescape

import pytest

from articles import notices
from articles.models import Article, Revision, UrgentNotice
from tests.articles.test_article_admin import put_online
from tests.articles.test_notices import PAGE, WORDS, issue
from tests.browsing import sign_in
from tests.factories import make_article, make_author

ISSUE = {"notice-kind": "RECALL", "notice-text": WORDS, "notice-source": "", "_notice_issue": "1"}


def form_page(article):
    return f"/admin/articles/article/{article.pk}/change/"


def html_of(answer):
    return " ".join(unescape(answer.content.decode()).split())


def end(notice, reason="Rappel levé."):
    return {"notice-end-notice": notice.pk, "notice-end-reason": reason, "_notice_end": "1"}


def test_editor_fills_two_fields_and_the_warning_stands(editor, bruno, client):
    article = make_article()
    answer = editor.post(form_page(article), ISSUE, follow=True)
    assert answer.redirect_chain == [(form_page(article), 302)]
    assert "L’avertissement est affiché" in html_of(answer)
    notice = UrgentNotice.objects.get()
    assert (notice.text, notice.issued_by) == (WORDS, bruno.user)
    assert 'role="note"' in client.get(article.get_absolute_url()).content.decode()
    assert Revision.objects.count() == 1


def test_editor_takes_it_away_with_a_reason_that_the_journal_keeps(editor, bruno):
    article = make_article()
    notice = issue(article)
    page = html_of(editor.get(form_page(article)))
    assert "Retirer l’avertissement" in page
    assert WORDS in page
    assert "Afficher l’avertissement" not in page
    answer = html_of(editor.post(form_page(article), end(notice), follow=True))
    notice.refresh_from_db()
    assert notice.ended_by == bruno.user
    for said in ("Afficher l’avertissement", "avertissement retiré", "Rappel levé.", WORDS):
        assert said in answer, said


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("kind", "", "Dites de quoi il s’agit."),
        ("text", " ", "Écrivez ce que les lecteurs doivent savoir."),
        ("text", "é" * 601, "600"),
        ("source", "http://ansm.sante.fr/", "commence par https://"),
        ("source", "ansm", "commence par https://"),
    ],
)
def test_error_stands_beside_its_field_and_nothing_is_lost(editor, field, value, error):
    article = make_article(title="Le sirop")
    sent = {**ISSUE, "notice-source": PAGE, f"notice-{field}": value}
    answer = editor.post(form_page(article), sent)
    assert answer.status_code == 422
    html = html_of(answer)
    beside = re.search(rf'<div class="warning__field errors"> .*?id="id_notice-{field}"', html)[0]
    assert error in beside
    assert html.count("warning__field errors") == 1
    assert "<details" in html
    assert 'class="warning__new" open' in html
    kept = {"text": WORDS, "source": PAGE, "kind": 'value="RECALL" selected'}
    assert all(words in html for name, words in kept.items() if name != field)
    assert 'value="Le sirop"' in html  # the form of the article is there too
    assert not UrgentNotice.objects.exists()


def test_end_without_a_reason_is_told_beside_its_field(editor):
    article = make_article()
    answer = editor.post(form_page(article), end(issue(article), reason=""))
    assert answer.status_code == 422
    assert "Dites pourquoi l’avertissement est retiré." in html_of(answer)
    assert UrgentNotice.objects.standing().exists()


def test_second_editor_is_told_and_keeps_what_was_typed(editor):
    article = make_article()
    issue(article)
    answer = editor.post(form_page(article), {**ISSUE, "notice-text": "Autre chose."})
    html = html_of(answer)
    assert answer.status_code == 422
    assert "déjà affiché : retirez-le d’abord." in html
    assert "Autre chose.</textarea>" in html
    assert UrgentNotice.objects.get().text == WORDS


def test_notice_that_another_has_replaced_is_not_ended_unseen(editor):
    article = make_article()
    seen = issue(article)
    notices.end(seen, actor=None, reason="Remplacé.")
    issue(article, text="Un autre.")
    answer = editor.post(form_page(article), end(seen))
    assert answer.status_code == 422
    assert "Cet avertissement est déjà retiré." in html_of(answer)
    assert "Rappel levé.</textarea>" in html_of(answer)
    (standing,) = UrgentNotice.objects.standing()
    assert standing.text == "Un autre."
    assert f'name="notice-end-notice" value="{standing.pk}"' in html_of(answer)


@pytest.mark.parametrize("number", ["", "x", "9" * 30])
def test_number_that_no_notice_has_ends_nothing(editor, number):
    article = make_article()
    notice = issue(article)
    answer = editor.post(form_page(article), {**end(notice), "notice-end-notice": number})
    assert answer.status_code == 422
    assert UrgentNotice.objects.standing().exists()


def test_draft_has_no_place_for_a_warning(editor):
    article = make_article(published=False)
    assert "Afficher l’avertissement" not in html_of(editor.get(form_page(article)))
    answer = editor.post(form_page(article), ISSUE)
    assert answer.status_code == 422
    assert "Seul un article publié" in html_of(answer)


def test_moderator_sees_the_warning_and_changes_nothing(as_, db):
    moderator = as_(make_author("Verveine", member=True, role="MODERATOR"))
    article = make_article()
    notice = issue(article)
    html = html_of(moderator.get(form_page(article)))
    assert WORDS in html
    assert "Retirer l’avertissement" not in html
    assert moderator.post(form_page(article), end(notice)).status_code == 403
    assert moderator.post(form_page(make_article()), ISSUE).status_code == 403
    assert UrgentNotice.objects.get() == notice


def test_article_is_saved_with_its_warning_untouched(editor):
    article = make_article()
    issue(article)
    put_online(editor, article, title="Un autre titre")
    article.refresh_from_db()
    assert (article.title, article.has_notice) == ("Un autre titre", True)


def test_list_tells_those_that_stand_from_those_that_have_ended(editor):
    first, second = issue(make_article()), issue(make_article(), text="Un autre.")
    notices.end(first, actor=None, reason="Fin.")
    address = "/admin/articles/urgentnotice/"

    def listed(**query):
        found = editor.get(address, query).context["cl"].queryset
        return set(found.values_list("pk", flat=True))

    assert listed() == {first.pk, second.pk}
    assert listed(etat="affiches") == {second.pk}
    assert listed(etat="retires") == {first.pk}
    assert WORDS[:30] in html_of(editor.get(address))
    assert editor.get(f"{address}{first.pk}/change/").status_code == 200
    assert editor.post(f"{address}{first.pk}/delete/", {"post": "yes"}).status_code == 403
    assert editor.get(f"{address}add/").status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_warning_is_shown_and_taken_away_in_a_browser(quiet_page, live_server, bruno):
    page, article = quiet_page, make_article()
    sign_in(page, live_server, bruno)
    page.goto(live_server.url + form_page(article))
    page.click(".warning__new > summary")
    page.fill("#id_notice-text", WORDS)
    page.click("[name=_notice_issue]")
    assert "Dites de quoi il s’agit." in page.inner_text(".warning")
    page.select_option("#id_notice-kind", "RECALL")
    page.click("[name=_notice_issue]")
    page.wait_for_selector("[name=_notice_end]")
    assert Article.objects.get().has_notice
    page.fill("#id_notice-end-reason", "Le rappel est levé.")
    page.click("[name=_notice_end]")
    page.wait_for_selector(".warning__new")
    assert not Article.objects.get().has_notice
