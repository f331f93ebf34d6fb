"""The corpus of clipboard documents, pasted in a real browser."""

import pytest

from articles.models import Article
from lib.html.losses import Losses
from lib.html.policy import clean_html
from tests.browsing import sign_in
from tests.factories import make_article, make_author
from tests.paste.documents import PASTE, documents, go_to_the_end

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READY = (
    "() => document.querySelector('.ProseMirror[contenteditable]')"
    "?.editor?.storage.pasteFromAnywhere?.said"
)
SAMPLE = [
    *("word-list-numbers", "word-table", "word-footnotes", "word-tracked-changes"),
    *("google-docs-text", "google-docs-lists", "libreoffice-footnotes", "apple-pages"),
    *("outlook-mail", "web-page", "deletions", "removed-in-silence", "pdf", "markdown"),
]


@pytest.fixture
def editing(quiet_page, live_server, transactional_db):
    """Open a draft in the editor."""

    def edit(body="<p>x</p>", language=""):
        article = make_article(published=False, body=body)
        sign_in(quiet_page, live_server, make_author("Bruno", member=True, role="EDITOR"))
        path = f"{language}/admin/articles/article/{article.pk}/change/"
        quiet_page.goto(f"{live_server.url}{path}")
        quiet_page.wait_for_function(READY)
        return quiet_page

    return edit


def test_every_document_is_taken_as_expected(editing):
    page = editing()
    wrong = []
    for document in documents():
        seen = page.evaluate(PASTE, [document.html, document.text])
        losses = Losses()
        stored = clean_html(seen["value"], losses)
        found = (seen["isTaken"], stored, seen["lost"], losses.counts)
        if found != (True, document.expected, document.losses, {}):
            wrong.append((document.name, *found))
    assert wrong == []


def test_a_sample_is_stored_as_expected(editing, live_server):
    page = editing()
    article = Article.objects.get()
    for document in (each for each in documents() if each.name in SAMPLE):
        page.evaluate(PASTE, [document.html, document.text])
        page.click("[name=_continue]")
        page.wait_for_selector(".messagelist .success")
        assert "sauf" not in page.inner_text(".messagelist")
        page.wait_for_function(READY)
        article.refresh_from_db()
        assert article.body == document.expected, document.name


def test_losses_are_said_below_the_text_in_the_language_of_the_page(editing):
    page = editing(language="/en")
    html = (
        "<p>Ne dépassez pas la dose</p><img src='https://x.example/a.png' alt='Une boîte'>"
        "<p>a</p><img src='https://x.example/b.png'><video></video>"
    )
    page.evaluate(PASTE, [html, ""])
    note = page.locator(".prose-editor-said")
    assert note.get_attribute("role") == "status"
    assert note.inner_text().strip() == (
        "Pasted, except for: 2 pictures “Une boîte”, after “Ne dépassez pas la dose” ; "
        "1 video, after “Ne dépassez pas la dose a”."
    )


def test_pasted_notes_join_those_of_the_text_and_undo_takes_both_back(editing):
    body = clean_html(
        '<p>Un<sup><a href="#note-1">1</a></sup> deux</p><section class="footnotes"><ol>'
        '<li id="note-1">Première.</li></ol></section>'
    )
    page = editing(body)
    word = next(each for each in documents() if each.name == "libreoffice-footnotes")
    pasted = page.evaluate(
        """([html]) => {
          const box = document.querySelector(".ProseMirror[contenteditable]");
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", html);
          box.editor.commands.focus("start");
          const said = { clipboardData, bubbles: true, cancelable: true };
          box.dispatchEvent(new ClipboardEvent("paste", said));
          const { value } = document.querySelector("textarea[data-words]");
          box.editor.commands.undo();
          return [value, document.querySelector("textarea[data-words]").value];
        }""",
        [word.html],
    )
    merged, undone = map(clean_html, pasted)
    assert undone == body
    assert [merged.count(f'href="#note-{n}"') for n in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert merged.endswith(
        '<ol><li id="note-1">Chlorure de sodium.</li><li id="note-2">Environ.</li>'
        '<li id="note-3">Première.</li></ol></section>'
    )


def test_what_our_policy_keeps_the_editor_keeps(editing):
    body = clean_html(
        "<h2>A</h2><h3>B</h3><h4>C</h4><p>Un <s>deux</s> <q>trois</q> "
        '<abbr title="Organisation mondiale de la santé">OMS</abbr> <cite>Livre</cite> '
        '<em lang="la">in vivo</em> <span lang="en">care</span></p>'
        '<p lang="en">English</p><blockquote><p>Dit.</p><footer>Qui</footer></blockquote>'
        '<ol start="3"><li>trois</li></ol><pre><code>a</code></pre>'
    )
    page = editing(body)
    go_to_the_end(page)
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    value = page.evaluate("() => document.querySelector('textarea[data-words]').value")
    assert clean_html(value) == body


def test_html_that_is_typed_loses_nothing_unsaid(editing):
    body = clean_html(
        '<h4>A</h4><p>Un<sup><a href="#note-1">1</a></sup></p><section class="footnotes"><ol>'
        '<li id="note-1">Note.</li></ol></section>'
    )
    page = editing(body)
    page.click("[data-name=html]")
    typed = page.locator("dialog textarea")
    assert page.locator("dialog").inner_text().count("HTML") >= 1
    typed.fill('<iframe src="//x.example"></iframe><p><del>4 g</del> 3 g</p>' + typed.input_value())
    page.click("dialog button[type=submit]")
    page.wait_for_selector(".prose-editor-said:has-text('1 cadre d’un autre site')")
    value = page.evaluate("() => document.querySelector('textarea[data-words]').value")
    assert clean_html(value) == f"<p><s>4 g</s> 3 g</p>{body}"


def test_signs_between_numbers_are_not_taken_for_marks(editing):
    page = editing()
    go_to_the_end(page)
    page.keyboard.type(" 2 * 3 * 4 **gras** ")
    value = page.evaluate("() => document.querySelector('textarea[data-words]').value")
    assert clean_html(value) == "<p>x 2 * 3 * 4 <strong>gras</strong> </p>"


def test_text_moved_inside_the_editor_is_what_it_was(editing):
    body = clean_html(
        "<h2>A</h2><h3>B</h3><h4>C</h4><p>Un <s>deux</s> <q>trois</q><sup><a href='#note-1'>1</a>"
        "</sup></p><ul><li><p>a</p><ul><li>b</li></ul></li></ul><table><caption>T</caption><thead>"
        '<tr><th scope="col">x</th><th scope="col">y</th></tr></thead><tbody><tr><td>1</td>'
        '<td><a href="/x">2</a></td></tr></tbody></table><hr><p>Fin</p><section class="footnotes">'
        '<ol><li id="note-1">Note.</li></ol></section>'
    )
    page = editing(body)
    value = page.evaluate(
        """() => {
          const box = document.querySelector(".ProseMirror[contenteditable]");
          const { editor } = box;
          editor.commands.selectAll();
          const { dom, text } = editor.view.serializeForClipboard(editor.state.selection.content());
          editor.commands.setContent("<p></p>");
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", dom.innerHTML);
          clipboardData.setData("text/plain", text);
          const said = { clipboardData, bubbles: true, cancelable: true };
          box.dispatchEvent(new ClipboardEvent("paste", said));
          return document.querySelector("textarea[data-words]").value;
        }"""
    )
    assert clean_html(value) == body
    assert page.locator(".prose-editor-said").inner_text() == ""
