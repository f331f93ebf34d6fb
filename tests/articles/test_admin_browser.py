"""An editor's day in a real browser: an article with everything, entered by hand; a text that
survives an expired session."""

import pytest
from django.contrib.sessions.models import Session

from articles.models import Article
from authors.models import Author, User
from frontpage.models import FrontPageSlot
from outbox import posting
from pictures.models import Picture
from taxonomy.models import Tag
from tests.accessibility import check, violations
from tests.browsing import choose, sign_in
from tests.factories import (
    PASSWORD,
    image_bytes,
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_section,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/admin/articles/article/add/"
BACK_IN_THE_TEXT = """() => {
  const node = getSelection().anchorNode;
  return document.activeElement?.matches(".ProseMirror")
    && node && !(node.parentElement ?? node).closest(".footnotes");
}"""
CARET_AT = """place =>
  document.querySelector(".ProseMirror[contenteditable]").editor.state.selection.head === place"""
LONG = "http://www.example.org/2012/09/06/une-adresse-nue-de-cent-caracteres-ou-presque-qui-doit-passer-a-la-ligne-235107"


@pytest.fixture
def magazine(transactional_db):
    top = make_section("Médicaments & Soins", colour="care")
    make_section("Les Actus", parent=top)
    make_author("Médecine-2.0", role="WRITER")
    Tag.objects.named(["prévention", "pharmacie"])


@pytest.fixture
def editor_page(quiet_page, live_server, magazine):
    sign_in(quiet_page, live_server, make_author("Bruno", member=True, role="EDITOR"))
    return quiet_page


def text_box(page):
    return page.locator(".ProseMirror[contenteditable]")


def type_lines(page, *lines):
    text_box(page).click()
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")


def press(page, key, caret):
    """The editor hears of a moved caret a task later: two keys in one frame, as no person types
    them, would find it where it was."""
    page.keyboard.press(key)
    page.wait_for_function(CARET_AT, arg=caret)


def add_note(page, text):
    page.click("[data-name=footnote]")
    page.fill("dialog textarea", text)
    page.click("dialog button[type=submit]")
    page.wait_for_selector(f".ProseMirror .footnotes li:has-text('{text}')")
    page.wait_for_function(BACK_IN_THE_TEXT)
    page.wait_for_timeout(300)  # soon after its focus the editor puts the caret back once more


def add_source(page, row, **values):
    if not page.locator(f"#id_sources-{row}-title").count():
        page.locator(".rows .add-row a").focus()
        page.keyboard.press(" ")
    for name, value in values.items():
        page.fill(f"#id_sources-{row}-{name}", value)


def test_editor_enters_a_whole_article_and_readers_find_every_part_of_it(editor_page, live_server):
    page = editor_page
    page.goto(live_server.url + ADD)
    choose(page, "section", "Les Actus")
    choose(page, "author", "Médecine")
    page.fill("[name=title]", "Lire une notice en trois minutes")
    page.fill("[name=standfirst]", "Une notice se lit par la fin.")
    type_lines(
        page,
        "Commencer par les effets",
        "## Ce que dit la boîte",
        "Un mot.",
        "## Ce que dit la notice",
        "Un autre.",
    )
    page.fill("[name=signature]", "Olivier, pour une santé lisible.")
    page.click(".lead >> text=Envoyer un fichier")
    page.set_input_files(
        "dialog [name=upload]", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": image_bytes()}
    )
    page.fill("dialog [name=alt]", "Une notice dépliée")
    page.fill("dialog [name=credit]", "Photo : Alice")
    page.select_option("dialog [name=licence]", "CC_BY")
    page.click("dialog [type=submit]")
    page.wait_for_selector(".lead img")
    page.fill("[name=keywords]", "notice")
    add_source(
        page,
        0,
        title="La notice",
        publisher="ANSM",
        url="https://example.org/notice",
        published_on="2012-06-01",
    )
    add_source(page, 1, url=LONG)
    add_source(page, 2, title="Entretien avec une pharmacienne")
    page.click("[name=_publish]")
    page.wait_for_selector("text=L’article est publié.")
    article = Article.objects.get()
    assert [source.position for source in article.sources.all()] == [1, 2, 3]
    page.goto(live_server.url + article.get_absolute_url())
    shown = page.locator("body").inner_text()
    parts = [
        "Lire une notice en trois minutes",
        "Photo : Alice",
        "Une notice se lit par la fin.",
        "Ce que dit la boîte",
        "Olivier, pour une santé lisible.",
    ]
    for part in [
        *parts,
        "ANSM",
        LONG,
        "Entretien avec une pharmacienne",
        "notice",
        "Médecine-2.0",
        "Rédacteur",
        "pas encore noté",
        "CC BY 4.0",
    ]:
        assert part in shown.replace("\u00a0", " ").replace("\u202f", " "), part
    assert (
        page.locator("nav.breadcrumb").inner_text().replace("\u00a0", " ").count("Les Actus") == 1
    )
    assert page.locator("img[alt='Une notice dépliée']").count() == 1


def test_notes_are_numbered_in_the_order_of_their_calls(editor_page, live_server):
    article = make_article(published=False, body="<p>Un deux</p>")
    page = editor_page
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    text_box(page).locator("p").first.click()
    press(page, "End", 8)
    add_note(page, "Note de la fin")
    press(page, "Home", 1)
    press(page, "ArrowRight", 2)
    press(page, "ArrowRight", 3)
    add_note(page, "Note du début")
    page.keyboard.type("!")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist")
    article.refresh_from_db()
    assert article.body == (
        '<p>Un<sup><a href="#note-1" rel="noopener">1</a></sup>! deux<sup><a '
        'href="#note-2" rel="noopener">2</a></sup></p>'
        '<section class="footnotes"><ol><li id="note-1">Note du début</li><li '
        'id="note-2">Note de la fin</li></ol></section>'
    )


def test_picture_of_the_library_is_chosen_by_keyboard(editor_page, live_server):
    make_picture(alt="Une autre")
    wanted = make_picture(alt="Un chat qui dort")
    article = make_article(published=False, body="<p>Avant</p>")
    page = editor_page
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    text_box(page).locator("p").first.click()
    page.locator("[data-name=figure]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".picker__choice >> nth=1")
    page.keyboard.type("chat dort")
    page.wait_for_selector(".picker__choice >> nth=1", state="detached")
    assert violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press(" ")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("La sieste")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror figure")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist")
    article.refresh_from_db()
    assert f'src="/media/{wanted.name}" alt="Un chat qui dort"' in article.body
    assert "<figcaption>La sieste</figcaption>" in article.body


def test_keywords_are_suggested_and_taken_by_keyboard(editor_page, live_server):
    page = editor_page
    page.goto(live_server.url + ADD)
    page.locator("[name=keywords]").click()
    page.keyboard.type("nouveau, prev")
    page.wait_for_selector("[role=option]:has-text('prévention')")
    assert page.get_attribute("[name=keywords]", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("libre")
    assert page.input_value("[name=keywords]") == "nouveau, prévention, libre"
    page.evaluate("sessionStorage.clear()")


def test_a_text_survives_an_expired_session(editor_page, live_server):
    page = editor_page
    page.goto(live_server.url + ADD)
    page.wait_for_timeout(600)
    page.fill("[name=title]", "Un titre qui ne doit pas se perdre")
    choose(page, "section", "Les Actus")
    choose(page, "author", "Médecine")
    type_lines(page, "Une heure de travail")
    add_source(page, 0, title="Première")
    add_source(page, 1, title="Seconde")
    Session.objects.all().delete()
    page.click("[name=_continue]")
    page.wait_for_url("**/compte/login/**")
    page.fill("[name=login]", Author.objects.get(pseudonym="Bruno").user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit] >> nth=0")
    page.wait_for_url(f"**{ADD}")
    page.click("text=Le reprendre")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist")
    article = Article.objects.get()
    assert article.title == "Un titre qui ne doit pas se perdre"
    assert article.body == "<p>Une heure de travail</p>"
    assert [source.title for source in article.sources.all()] == ["Première", "Seconde"]
    page.goto(live_server.url + ADD)
    assert page.locator(".draft-found").count() == 0
    assert page.evaluate("sessionStorage.length") == 0


def test_preview_opens_beside_the_text_which_stays(editor_page, live_server):
    article = make_article(title="Avant")
    page = editor_page
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.wait_for_timeout(600)
    page.fill("[name=title]", "Un titre essayé")
    with page.context.expect_page() as opened:
        page.click("[name=_preview]")
    assert opened.value.locator("h1").inner_text() == "Un titre essayé"
    assert page.input_value("[name=title]") == "Un titre essayé"
    assert "Un titre essayé" in page.evaluate("Object.values(sessionStorage).join()")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist")
    assert page.evaluate("sessionStorage.length") == 0


def test_pages_of_the_admin_are_accessible_and_fit(editor_page, live_server):
    article = make_article(lead_image=make_picture())
    comment = make_comment(article)
    FrontPageSlot.objects.create(article=article, place=FrontPageSlot.Place.LEAD)
    User.objects.update(is_superuser=True)
    mail = posting.post(to="alice@example.org", subject="Un objet", body="Un texte")
    paths = [
        "",
        "articles/article/",
        f"articles/article/{article.pk}/change/",
        f"articles/article/{article.pk}/history/",
        f"articles/article/{article.pk}/retirer/",
    ]
    paths += [
        "pictures/picture/",
        "pictures/picture/add/",
        "taxonomy/section/",
        "comments/comment/",
        f"comments/comment/{comment.pk}/change/",
        "comments/report/",
        "frontpage/frontpageslot/",
        "frontpage/frontpageslot/add/",
        "readings/override/add/",
        "taxonomy/section/add/",
        "auth/group/add/",
        "outbox/mail/",
        f"outbox/mail/{mail.pk}/change/",
    ]
    for path in paths:
        editor_page.goto(f"{live_server.url}/admin/{path}")
        check(editor_page)
    assert Picture.objects.count() == 1
