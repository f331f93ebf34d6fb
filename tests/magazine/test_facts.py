import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from care.models import CareCard, HelpLine
from magazine.facts import NAMES, named_in
from magazine.models import SitePage, SiteSettings
from tests.factories import make_article

GIVEN = {
    "publisher": "Association Santé & Voix",
    "publisher_address": "1 rue de l’Exemple, 75000 Paris",
    "publisher_email": "redaction@example.org",
    "host": "Hébergement Exemple\n2 rue du Serveur\n<b>01 00 00 00 00</b>",
}
REVIEW = re.compile(
    r"(soignants?|médecins?|professionnels?)[^.]{0,40}(relisent|relit\b|relus? par)"
)


def filled(html, **facts):
    return SiteSettings(**facts).filled(html)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Publié par {éditeur}.</p>", "<p>Publié par Association Santé &amp; Voix.</p>"),
        ("<p>Dirigé par {direction}.</p>", ""),
        ("<p>Bonjour. Dirigé par {direction}. Merci.</p>", "<p>Bonjour. Merci.</p>"),
        ("<p>Oui. <em>Dirigé par {direction}.</em> Non.</p>", "<p>Oui. Non.</p>"),
        ("<p><em>Oui. Dirigé par {direction}.</em> Non.</p>", ""),
        ("<p><strong>{courriel}</strong></p>", "<p><strong>redaction@example.org</strong></p>"),
        (
            "<p>{hébergeur}</p>",
            "<p>Hébergement Exemple<br>2 rue du Serveur<br>&lt;b&gt;01 00 00 00 00&lt;/b&gt;</p>",
        ),
        (
            "<ul><li>{téléphone}</li><li>{siège}</li></ul>",
            f"<ul><li>{GIVEN['publisher_address']}</li></ul>",
        ),
        ("<ul><li>{téléphone}</li><li><p>{comité}</p></li></ul>", ""),
        (
            "<h2>Direction</h2><p>{direction}</p><h2>Suite</h2><p>Oui.</p>",
            "<h2>Suite</h2><p>Oui.</p>",
        ),
        (
            "<h2>Un</h2><h3>Deux</h3><p>{direction}</p><p>Oui.</p>",
            "<h2>Un</h2><h3>Deux</h3><p>Oui.</p>",
        ),
        ("<p>Oui.</p><h2>Un</h2><h3>Deux</h3><p>{direction}</p>", "<p>Oui.</p>"),
        ("<h2>Vide</h2>", "<h2>Vide</h2>"),
        ("<p>Un {mot} à part.</p>", "<p>Un {mot} à part.</p>"),
        ("<p>Directeur : M. {direction}</p>", ""),
        ("<p>Oui. Le Dr. {direction} dirige, tél. {téléphone}. Non.</p>", "<p>Oui. Non.</p>"),
        ("<p>Directeur : É. {direction}</p>", ""),
        ("<p>Mr. {direction} dirige.</p>", ""),
        ("<p>Société en comm.  simple, dirigée par {direction}.</p>", ""),
        ("<p>Prof. œuvrant ici, {direction}.</p>", ""),
        ("<p>Assoc. loi 1901, n. 12, dirigée par P. {direction}.</p>", ""),
        (
            "<p>L’assoc. {éditeur} publie. {direction} dirige.</p>",
            "<p>L’assoc. Association Santé &amp; Voix publie.</p>",
        ),
    ],
)
def test_sentence_without_its_fact_is_left_out_with_what_it_leaves_empty(html, shown):
    assert filled(html, **GIVEN) == shown


def test_page_without_facts_is_left_as_it_is():
    html = "<h2>Titre</h2>\n<p>Texte &amp; suite <br> fin.</p><h3></h3>"
    assert filled(html) == html


@pytest.mark.parametrize("facts", [{}, GIVEN])
def test_no_page_of_a_new_site_shows_braces_or_a_note_to_its_operator(client, db, facts):
    SiteSettings.objects.create(pk=1, **facts)
    addresses = [page.get_absolute_url() for page in SitePage.objects.all()]
    for address in [*addresses, "/contact/", "/", make_article().get_absolute_url()]:
        html = client.get(address, follow=True).content.decode()
        text = re.sub(r"<[^>]*>", " ", html)
        assert "ompléter :" not in text, address
        assert "[À" not in text, address
        assert not set(re.findall(r"\{[^{}]*\}", text)) & {f"{{{name}}}" for name in NAMES}
        assert not REVIEW.search(html), address


def test_legal_page_shows_the_facts_that_are_known(client, db):
    SiteSettings.objects.create(pk=1, **GIVEN)
    html = client.get("/a-propos/mentions-legales/").content.decode()
    assert "Association Santé &amp;\N{NO-BREAK SPACE}Voix" in html or "Santé &amp; Voix" in html
    assert "Hébergeur" in html
    assert "Direction de la publication" not in html
    assert "Immatriculation" not in html


def test_page_with_facts_reads_the_settings_once(client, db):
    with CaptureQueriesContext(connection) as queries:
        client.get("/a-propos/mentions-legales/")
    assert sum("magazine_sitesettings" in query["sql"] for query in queries) == 1


def test_every_fact_is_quoted_by_a_starting_page(db):
    quoted = {name for page in SitePage.objects.all() for name in named_in(page.body)}
    assert quoted == set(NAMES)


def test_first_page_of_the_admin_says_what_is_missing_before_opening(editor, client, db):
    html = editor.get("/admin/").content.decode()
    assert "Ce qui manque avant d’ouvrir" in html
    assert "#id_host" in html
    assert "#id_publisher_registration" not in html
    assert "#id_on_call_email" in html
    assert "cartes d’aide que personne n’a signées" in html
    mails = dict.fromkeys(["publisher_email", "on_call_email"], "a@example.org")
    everything = dict.fromkeys(NAMES.values(), "Dit") | mails
    SiteSettings.objects.update_or_create(pk=1, defaults=everything)
    html = editor.get("/admin/").content.decode()
    assert "#id_" not in html
    assert "/admin/care/helpline/?verification=due" in html
    today = timezone.localdate()
    HelpLine.objects.update(checked_on=today, source="https://example.org/")
    CareCard.objects.update(signed_by="Dr Untel, urgentiste", signed_on=today)
    assert "Ce qui manque" not in editor.get("/admin/").content.decode()


def test_facts_are_asked_in_the_settings_of_the_site(editor, client, db):
    form = editor.get("/admin/magazine/sitesettings/", follow=True).content.decode()
    assert all(f'name="{field}"' in form for field in NAMES.values())
    fields = {"name": "CareVox", "promise": "Une devise.", "description": "Une description."}
    answer = editor.post("/admin/magazine/sitesettings/1/change/", fields | GIVEN)
    assert answer.status_code == 302
    assert SiteSettings.current().host.startswith("Hébergement Exemple\n")


def test_page_that_quotes_an_unknown_fact_is_refused_beside_the_text(editor, db):
    page = SitePage.objects.get(slug="mentions-legales")
    form = {"title": "Mentions légales", "slug": page.slug, "column": "", "position": "0"}
    path = f"/admin/magazine/sitepage/{page.pk}/change/"
    answer = editor.post(path, form | {"body": "<p>{hebergeur}</p>"})
    assert "Aucun réglage ne s’appelle {hebergeur}" in answer.content.decode()
    assert editor.post(path, form | {"body": "<p>{hébergeur}</p>"}).status_code == 302
    assert "hébergeur" in editor.get(path).content.decode().split("faits qui manquent")[-1]
