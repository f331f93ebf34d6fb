"""The dialogs of the editor: in the language of the page, by keyboard, telling what is wrong."""

import re

import pytest

from articles import publishing
from tests.accessibility import violations
from tests.articles.test_admin_browser import BACK_IN_THE_TEXT, text_box
from tests.browsing import sign_in
from tests.factories import make_article, make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# what the library says of itself in its dialogs, buttons and menus
LIBRARY = re.compile(
    r"Edit (HTML|Link|Figure|Image)|Insert (Table|Figure)|Table Properties|Include header row|"
    r"\b(Rows|Columns|Update|Cancel|Prettify|Title|Yes|No|Browse|URL|paragraph|bold|italic|undo|redo|"
    r"blockquote|List type|Start at|List properties|Heading \d|(un)?ordered list|insert link|"
    r"remove link|Toggle|Delete|Add (row|column|caption)|Remove caption|Merge|Split|figure)\b"
)
TABLE = "<table><tbody><tr><td>un</td><td>deux</td></tr></tbody></table>"
BODY = f"<p>Avant</p><ol><li>un</li></ol>{TABLE}<p>Après</p>"


@pytest.fixture
def opened(quiet_page, live_server, transactional_db):
    sign_in(quiet_page, live_server, make_author("Bruno", member=True, role="EDITOR"))

    def open_(body="<p>Avant</p>", language="fr"):
        article = make_article(published=False, body=body)
        start = "" if language == "fr" else f"/{language}"
        quiet_page.goto(f"{live_server.url}{start}/admin/articles/article/{article.pk}/change/")
        text_box(quiet_page).locator("p").first.click()
        return quiet_page, article

    return open_


def select(page, start, end=None):
    """Choose words, as an editor does with the mouse."""
    page.evaluate(
        "([from, to]) => document.querySelector('.ProseMirror[contenteditable]').editor"
        ".chain().focus().setTextSelection({ from, to }).run()",
        [start, end or start],
    )


def saved(page, article):
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    return article.body


def said(page):
    """What an open dialog says, its names for those who hear it included."""
    return page.locator("dialog[open]").evaluate(
        "box => [box.innerText, ...[...box.querySelectorAll('[aria-label],[title],[placeholder]')]"
        ".map(part => `${part.ariaLabel} ${part.title} ${part.placeholder ?? ''}`)].join(' ')"
    )


def press_button(page, name):
    page.locator(f"[data-name='{name}']").first.evaluate("button => button.click()")


DIALOGS = {
    "link": ("p >> nth=0", "Lien", "Link"),
    "footnote": ("p >> nth=0", "Texte de la note", "Text of the note"),
    "table": ("p >> nth=0", "La première ligne est un en-tête", "The first row is a header"),
    "html": ("p >> nth=0", "Texte en HTML", "Text as HTML"),
    "characters": ("p >> nth=0", "Espace insécable", "Non-breaking space"),
    "orderedListProperties": ("ol p", "Premier numéro", "First number"),
    "table:caption": ("td >> nth=0", "Titre du tableau", "Table title"),
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_dialog_and_button_speaks_the_language_of_the_page(opened, language):
    page, _ = opened(BODY, language)
    for name, (place, french, english) in DIALOGS.items():
        text_box(page).locator(place).click()
        press_button(page, name)
        words = said(page)
        assert (french if language == "fr" else english) in words, name
        if language == "fr":
            assert not LIBRARY.search(words), (name, words)
        assert violations(page) == [], name
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog[open]", state="detached")
        assert page.evaluate("document.activeElement.matches('.ProseMirror')"), name
    titles = page.locator(".prose-menubar button").evaluate_all(
        "all => all.map(one => `${one.title} ${one.ariaLabel} ${one.matches('.material-icons')"
        " ? '' : one.innerText}`)"
    )
    if language == "fr":
        assert [title for title in titles if LIBRARY.search(title)] == []


def test_words_become_a_link_to_an_article_by_keyboard_alone(opened):
    target = make_article(title="Lire une notice de médicament")
    page, article = opened("<p>Voir la notice</p>")
    select(page, 9, 15)
    page.keyboard.press("Control+k")
    page.keyboard.type("medicament")
    page.wait_for_selector("dialog [role=option]")
    assert page.get_attribute("dialog [role=combobox]", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("dialog [name=href]") == "Lire une notice de médicament"
    page.keyboard.press("Enter")
    page.wait_for_function(BACK_IN_THE_TEXT)
    body = saved(page, article)
    assert body == f'<p>Voir la <a href="/article/{target.pk}" rel="noopener">notice</a></p>'


def test_link_where_no_word_is_chosen_brings_its_own_words(opened):
    target = make_article(title="Lire une notice")
    page, article = opened("<p>Voir :</p>")
    select(page, 7)
    page.keyboard.press("Control+k")
    page.keyboard.type("notice")
    page.locator("dialog [role=option]").first.click()
    page.click("dialog [type=submit]")
    page.wait_for_function(BACK_IN_THE_TEXT)
    page.keyboard.type(" et la suite")
    link = f'<a href="/article/{target.pk}" rel="noopener">Lire une notice</a>'
    assert saved(page, article) == f"<p>Voir :{link} et la suite</p>"


def link_all_to(page, address):
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.fill("dialog [name=href]", address)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.ameli.fr/assure", "https://www.ameli.fr/assure"),
        ("info@ansm.sante.fr", "mailto:info@ansm.sante.fr"),
        ("https://ansm.sante.fr/a?b=c", "https://ansm.sante.fr/a?b=c"),
        ("tel:3114", "tel:3114"),
        ("/mots-cles/notice/", "/mots-cles/notice/"),
    ],
)
def test_an_address_is_completed(opened, typed, kept):
    page, article = opened("<p>mot</p>")
    link_all_to(page, typed)
    page.wait_for_function(BACK_IN_THE_TEXT)
    assert saved(page, article) == f'<p><a href="{kept}" rel="noopener">mot</a></p>'


def test_address_of_one_of_our_articles_is_kept_by_number(opened, live_server):
    target = make_article()
    page, article = opened("<p>mot</p>")
    link_all_to(page, live_server.url + target.get_absolute_url())
    page.wait_for_function(BACK_IN_THE_TEXT)
    assert f'href="/article/{target.pk}"' in saved(page, article)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Donnez une adresse, ou choisissez un article dans la liste."),
        ("javascript:alert(1)", "Une adresse « javascript: » ne peut pas être gardée"),
        ("file:///C:/rapport.doc", "Une adresse « file: » ne peut pas être gardée"),
        ("page.html", "Ce n’est pas une adresse"),
        ("grippe vaccin", "Ce n’est pas une adresse"),
        ("//exemple.fr", "Ce n’est pas une adresse"),
        ("https://", "Cette adresse ne nomme aucun site"),
        ("https://exemple", "Cette adresse ne nomme aucun site"),
    ],
)
def test_an_address_that_cannot_be_kept_is_refused_aloud(opened, typed, answer):
    page, _ = opened("<p>mot</p>")
    link_all_to(page, typed)
    page.wait_for_selector(f"dialog .dialog__error:has-text('{answer}')")
    field = page.locator("dialog [name=href]")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.evaluate("one => one === document.activeElement")
    assert field.input_value() == typed
    assert page.locator(".ProseMirror a").count() == 0


def test_link_is_changed_with_its_title_and_language_kept_and_taken_away(opened):
    link = '<a href="https://a.example/" title="Un titre" hreflang="en" rel="noopener">mot</a>'
    page, article = opened(f"<p>{link}</p>")
    page.keyboard.press("Control+k")
    assert page.input_value("dialog [name=href]") == "https://a.example/"
    page.fill("dialog [name=href]", "www.b.example")
    page.keyboard.press("Enter")
    page.wait_for_function(BACK_IN_THE_TEXT)
    changed = saved(page, article)
    for part in ('href="https://www.b.example"', 'title="Un titre"', 'hreflang="en"'):
        assert part in changed
    text_box(page).locator("a").click()
    page.keyboard.press("Control+k")
    page.click("dialog >> text=Retirer le lien")
    page.wait_for_function(BACK_IN_THE_TEXT)
    assert saved(page, article) == "<p>mot</p>"


def test_a_known_link_names_its_article_and_says_that_it_is_withdrawn(opened):
    target = make_article(title="Un remède")
    publishing.withdraw(target, actor=target.author.user, reason="Faux")
    page, article = opened(f'<p><a href="/article/{target.pk}">mot</a></p>')
    page.keyboard.press("Control+k")
    page.wait_for_function(
        "() => document.querySelector('dialog [name=href]').value === 'Un remède'"
    )
    assert "Cet article est retiré" in page.locator("dialog").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_function(BACK_IN_THE_TEXT)
    assert f'href="/article/{target.pk}"' in saved(page, article)


def test_table_is_asked_for_with_its_caption(opened):
    page, article = opened("<p>Avant</p>")
    select(page, 6)
    press_button(page, "table")
    page.fill("dialog [name=rows]", "0")
    page.fill("dialog [name=cols]", "2")
    page.fill("dialog [name=caption]", "Doses")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog .dialog__error:has-text('Donnez un nombre de 1 à 100.')")
    page.fill("dialog [name=rows]", "2")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror table")
    text_box(page).locator("th").first.click()
    page.keyboard.type("Âge")
    body = saved(page, article)
    assert "<table><caption>Doses</caption><thead><tr>" in body
    assert '<th scope="col">Âge</th>' in body


def test_numbered_list_begins_while_typing_and_its_first_number_is_kept(opened):
    page, article = opened("<p>x</p>")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type("3. trois")
    page.wait_for_selector(".ProseMirror ol")
    assert saved(page, article) == '<ol start="3"><li>trois</li></ol>'
    text_box(page).locator("li").click()
    press_button(page, "orderedListProperties")
    page.fill("dialog [name=start]", "7")
    page.keyboard.press("Enter")
    page.wait_for_function(BACK_IN_THE_TEXT)
    assert saved(page, article) == '<ol start="7"><li>trois</li></ol>'


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("- puce", "<ul><li>puce</li></ul>"),
        ("## Titre", "<h2>Titre</h2>"),
        ("### Petit", "<h3>Petit</h3>"),
        ("> Elle dit", "<blockquote><p>Elle dit</p></blockquote>"),
        ("2024. Une année", "<p>2024. Une année</p>"),
    ],
)
def test_signs_at_the_beginning_of_a_line_say_what_it_is(opened, typed, kept):
    page, article = opened("<p>x</p>")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(typed)
    assert saved(page, article) == kept


def test_html_and_signs_enter_the_text(opened):
    page, article = opened("<p>Avant</p>")
    select(page, 6)
    press_button(page, "characters")
    page.click("dialog >> button:text-is('≥')")
    page.wait_for_function(BACK_IN_THE_TEXT)
    press_button(page, "html")
    html = page.input_value("dialog [name=html]")
    assert html.startswith("<p>Avant≥</p>")
    page.fill("dialog [name=html]", "<p>Après</p>")
    page.click("dialog [type=submit]")
    page.wait_for_selector(".ProseMirror p:has-text('Après')")
    assert saved(page, article) == "<p>Après</p>"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Boire.as fort ", "Boire.as fort "),
        (
            "www.ameli.fr suite",
            '<a href="https://www.ameli.fr" rel="noopener">www.ameli.fr</a> suite',
        ),
    ],
)
def test_only_what_begins_as_an_address_becomes_a_link_while_typing(opened, typed, kept):
    page, article = opened("<p>x</p>")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(typed)
    assert saved(page, article) == f"<p>{kept}</p>"
