"""What only a real browser shows: policy, focus, scripts, accessibility, widths."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, Rating, Source
from comments.models import Comment
from taxonomy.models import Tag
from tests.accessibility import check, violations
from tests.browsing import choose, sign_in
from tests.factories import (
    PASSWORD,
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "http://www.rue89.com/2012/09/06/sur-twitter-la-fronde-de-medecins-20-contre-les-deserts-medicaux-235107"


@pytest.fixture
def article(transactional_db):
    top = make_section("Médicaments & Soins", colour="care")
    section = make_section("Les Actus", parent=top)
    body = "<p>Une étude.</p>" + "".join(f"<h2>Partie {n}</h2><p>Du texte.</p>" for n in range(4))
    body += (
        "<table><caption>Un tableau</caption>"
        "<thead><tr><th scope='col'>A</th><th scope='col'>B</th></tr></thead>"
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
    author = make_author("Médecine-2.0", role="WRITER")
    article = make_article(
        section=section,
        author=author,
        title="Ces médecins qui postent sur Twitter",
        body=body,
        standfirst="Le chapô.",
        signature="Olivier.",
        lead_image=make_picture(),
    )
    Source.objects.create(article=article, url=LONG)
    article.tags.set(Tag.objects.named(["santé publique"]))
    make_rating(article, value=4)
    reply = make_comment(article, text="Une réaction.")
    make_comment(article, parent=reply, text=LONG)
    make_comment(article, hidden=True)
    article.refresh_from_db()
    return article


def test_first_visit_leaves_nothing_and_asks_nobody(quiet_page, live_server, article):
    quiet_page.goto(live_server.url + article.get_absolute_url())
    assert quiet_page.context.cookies() == []
    assert quiet_page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_reading_pages_are_accessible_and_fit(quiet_page, live_server, article):
    comment = Comment.objects.visible().first()
    paths = [
        "/",
        "/medicaments-soins/",
        article.get_absolute_url(),
        article.author.get_absolute_url(),
        "/mots-cles/sante-publique/",
        "/a-propos/vie-privee/",
        "/compte/login/",
        "/compte/signup/",
    ]
    for path in [*paths, "/compte/password/reset/", f"/reactions/{comment.pk}/signalement/"]:
        quiet_page.goto(live_server.url + path)
        check(quiet_page)


@pytest.mark.parametrize("width", [320, 360])
def test_wide_table_scrolls_on_a_phone_and_keeps_its_headers(
    quiet_page, live_server, article, width
):
    head = "".join(f"<th scope='col'>Colonne {n}</th>" for n in range(6))
    row = (
        "<tr><th scope='row'>Ibuprofène</th>"
        + "<td>trois fois par jour, au repas</td>" * 5
        + "</tr>"
    )
    article.body = (
        f"<table><caption>Doses</caption><thead><tr>{head}</tr></thead><tbody>{row}</tbody></table>"
    )
    article.save()
    quiet_page.set_viewport_size({"width": width, "height": 900})
    quiet_page.goto(live_server.url + article.get_absolute_url())
    region = quiet_page.get_by_role("region", name="Doses")
    expect(region.get_by_role("columnheader", name="Colonne 0")).to_be_visible()
    assert region.evaluate("region => region.scrollWidth > region.clientWidth")
    assert quiet_page.evaluate("document.documentElement.scrollWidth") <= width
    name = region.get_by_role("rowheader")
    before = name.bounding_box()["x"]
    region.evaluate("region => region.scrollTo(region.scrollWidth, 0)")
    assert name.bounding_box()["x"] == before
    last = region.get_by_role("cell").last.bounding_box()
    assert last["x"] + last["width"] <= width


def test_member_pages_are_accessible(quiet_page, live_server, article):
    chloe = make_author("Chloé", member=True)
    sign_in(quiet_page, live_server, chloe)
    own = make_comment(article, chloe)
    for path in [
        article.get_absolute_url(),
        "/compte/profil/",
        "/compte/email/",
        "/compte/password/change/",
        f"/reactions/{own.pk}/modifier/",
        f"/reactions/{own.pk}/retrait/",
    ]:
        quiet_page.goto(live_server.url + path)
        assert violations(quiet_page) == [], path


def test_rating_updates_in_place(quiet_page, live_server, article):
    sign_in(quiet_page, live_server, make_author("Chloé", member=True))
    quiet_page.goto(live_server.url + article.get_absolute_url())
    quiet_page.check("[name=value][value='5']")
    quiet_page.click("text=Donner ma note")
    quiet_page.wait_for_selector("text=votre note est enregistrée")
    assert "#" not in quiet_page.url
    assert quiet_page.locator(".rating__average").inner_text().startswith("4,5 sur 5")
    quiet_page.click("text=Retirer ma note")
    quiet_page.wait_for_selector("text=Votre note est retirée")
    assert Rating.objects.count() == 1


def test_visitor_rates_through_sign_in(page, live_server, article):
    from allauth.account.models import EmailAddress

    chloe = make_author("Chloé", member=True)
    EmailAddress.objects.create(
        user=chloe.user, email=chloe.user.email, verified=True, primary=True
    )
    page.goto(live_server.url + article.get_absolute_url())
    page.check("[name=value][value='2']")
    page.click("text=Se connecter et noter")
    page.fill("[name=login]", chloe.user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit] >> nth=0")
    page.click("text=Confirmer ma note")
    page.wait_for_selector("text=votre note est enregistrée")
    assert Rating.objects.get(reader=chloe).value == 2


def test_everything_works_without_javascript(browser, live_server, article):
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    sign_in(page, live_server, make_author("Chloé", member=True))
    page.goto(live_server.url + article.get_absolute_url())
    page.check("[name=value][value='3']")
    page.click("text=Donner ma note")
    assert "votre note est enregistrée" in page.content()
    page.fill("[name=text]", "Sans script aussi.")
    page.click("text=Publier ma réaction")
    assert "Sans script aussi." in page.locator("#reactions").inner_text()
    context.close()


def test_errors_take_the_focus(quiet_page, live_server, article):
    quiet_page.goto(f"{live_server.url}/compte/signup/")
    quiet_page.click("main form button[type=submit] >> nth=0")
    assert quiet_page.title().startswith("Erreur")
    expect(quiet_page.locator("[data-error-summary]")).to_be_focused()
    assert violations(quiet_page) == []


def test_editor_writes_an_article_and_the_text_is_stored_unchanged(
    quiet_page, live_server, article
):
    sign_in(quiet_page, live_server, make_author("Bruno", member=True, role="EDITOR"))
    quiet_page.goto(f"{live_server.url}/admin/articles/article/add/")
    quiet_page.fill("[name=title]", "Un titre tapé à la main")
    box = quiet_page.locator(".ProseMirror[contenteditable]")
    assert box.get_attribute("aria-label") == "Texte"
    undo = quiet_page.get_by_role("button", name="Annuler")
    assert undo.get_attribute("aria-disabled") == "true"
    box.click()
    quiet_page.keyboard.type("Bonjour le monde")
    assert undo.get_attribute("aria-disabled") is None
    quiet_page.keyboard.press("Enter")
    quiet_page.keyboard.type("Et deux  espaces : voilà")
    for name, text in (("section", "Les Actus"), ("author", "Médecine")):
        choose(quiet_page, name, text)
    quiet_page.fill("[name=keywords]", "santé publique, e-santé")
    quiet_page.click("[name=_publish] >> nth=0")
    quiet_page.wait_for_selector("text=L’article est publié.")
    written = Article.objects.get(title="Un titre tapé à la main")
    assert written.body.startswith("<p>Bonjour le monde</p><p>Et deux")
    assert "\u00a0" not in written.body
    assert "&nbsp;" not in written.body
    assert written.is_published


def test_editor_keeps_notes_scopes_and_pictures(quiet_page, live_server, article):
    picture = make_picture(alt="Un chat")
    body = (
        '<p>Un texte<sup><a href="#note-1" rel="noopener">1</a></sup>.</p>'
        f'<figure><img src="/media/{picture.name}" alt="Un chat">'
        "<figcaption>Légende</figcaption></figure>"
        "<table><caption>Doses</caption>"
        "<thead><tr><th scope='col'>Âge</th><th scope='col'>Dose</th></tr></thead>"
        "<tbody><tr><td>1 an</td><td>2 mg</td></tr></tbody></table>"
        '<section class="footnotes"><ol><li id="note-1">Une note.</li></ol></section>'
    )
    written = make_article(published=False, author=article.author, body=body)
    sign_in(quiet_page, live_server, make_author("Bruno", member=True, role="EDITOR"))
    quiet_page.goto(f"{live_server.url}/admin/articles/article/{written.pk}/change/")
    box = quiet_page.locator(".ProseMirror[contenteditable]")
    box.locator("p").first.click()
    quiet_page.keyboard.press("Home")
    quiet_page.keyboard.type("Oui. ")
    quiet_page.click("[name=_continue] >> nth=0")
    quiet_page.wait_for_selector(".messagelist")
    written.refresh_from_db()
    assert "Oui. Un texte" in written.body
    for kept in (
        'class="footnotes"',
        'id="note-1"',
        'href="#note-1"',
        f"/media/{picture.name}",
        "Légende",
        "Une note.",
        "<caption>Doses</caption>",
        '<thead><tr><th scope="col">',
    ):
        assert kept in written.body, written.body
    assert 'href="#note-1" id="appel-1"' in written.body_html, written.body_html
