"""Pictures in the editor: dropped, pasted, chosen, sent; what is refused loses nothing typed."""

import base64

import pytest

from articles.models import Article
from pictures.models import Picture
from tests.accessibility import violations
from tests.articles.test_admin_browser import BACK_IN_THE_TEXT
from tests.articles.test_editor_dialogs import opened, press_button, saved, select  # noqa: F401
from tests.factories import image_bytes, make_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GIVE = """([kind, place, data, html]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const carrier = new DataTransfer();
  carrier.items.add(new File([bytes], "photo.jpg", { type: "image/jpeg" }));
  if (html) carrier.setData("text/html", html);
  const target = document.querySelector(place);
  const { left, top, height } = target.getBoundingClientRect();
  const where = { clientX: left + 4, clientY: top + height / 2, bubbles: true, cancelable: true };
  target.dispatchEvent(
    kind === "paste"
      ? new ClipboardEvent("paste", { clipboardData: carrier, bubbles: true, cancelable: true })
      : new DragEvent(kind, { dataTransfer: carrier, ...where }),
  );
}"""
TEXT = ".ProseMirror[contenteditable] > p:first-child"


def give(page, kind, place=TEXT, data=None, html=""):
    data = base64.b64encode(data or image_bytes()).decode()
    page.evaluate(GIVE, [kind, place, data, html])


def fill(page, alt="Un chat", credit="Photo : Alice"):
    page.wait_for_selector("dialog [name=upload]")
    page.fill("dialog [name=alt]", alt)
    page.fill("dialog [name=credit]", credit)


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_file_goes_to_the_library_and_into_the_text(opened, kind):  # noqa: F811
    page, article = opened("<p>Avant</p><p>Après</p>")
    select(page, 6)
    give(page, kind)
    fill(page)
    assert violations(page) == []
    page.wait_for_selector("dialog canvas:not([hidden])")
    page.select_option("dialog [name=licence]", "CC0")
    page.click("dialog [type=submit]")
    page.wait_for_selector(".ProseMirror figure img")
    page.wait_for_function(BACK_IN_THE_TEXT)
    picture = Picture.objects.get()
    assert (picture.alt, picture.credit, picture.licence) == ("Un chat", "Photo : Alice", "CC0")
    page.keyboard.type("Suite ")
    body = saved(page, article)
    figure = f'<figure><img src="/media/{picture.name}" alt="Un chat"></figure>'
    assert figure in body
    assert "Suite" in body
    assert body.replace(figure, "").count("<p>") == body.count("<p>")


def test_a_picture_that_comes_and_goes_can_be_undone_and_done_again(opened):  # noqa: F811
    page, article = opened("<p>Avant</p>")
    select(page, 6)
    give(page, "paste")
    fill(page)
    page.click("dialog [type=submit]")
    page.wait_for_selector(".ProseMirror figure img")
    page.wait_for_function(BACK_IN_THE_TEXT)
    page.keyboard.press("Control+z")
    page.wait_for_selector(".ProseMirror figure", state="detached")
    page.keyboard.press("Control+Shift+z")
    page.wait_for_selector(".ProseMirror figure img")
    assert "<figure>" in saved(page, article)


def test_refused_file_says_why_beside_and_loses_nothing(opened):  # noqa: F811
    page, article = opened("<p>Avant</p>")
    give(page, "drop", data=b"GIF89a" + b"0" * 200)
    page.click("dialog [type=submit]")
    page.wait_for_selector("dialog .dialog__error:has-text('Remplissez ce champ.')")
    fill(page)
    page.click("dialog [type=submit]")
    page.wait_for_selector("dialog .dialog__error:has-text('GIF')")
    assert page.input_value("dialog [name=alt]") == "Un chat"
    page.set_input_files(
        "dialog [name=upload]", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": image_bytes()}
    )
    page.click("dialog [type=submit]")
    page.wait_for_selector(".ProseMirror figure img")
    assert saved(page, article).startswith("<p>Avant</p>") or "<figure>" in article.body


def test_answer_that_is_none_of_ours_says_so_and_the_words_stay(opened):  # noqa: F811
    page, _ = opened("<p>Avant</p>")
    give(page, "drop")
    fill(page)
    page.route("**/picture/envoi/", lambda route: route.fulfill(body="<h1>Connexion"))
    page.click("dialog [type=submit]")
    page.wait_for_selector("dialog .dialog__error:has-text('L’image n’est pas partie')")
    page.unroute("**/picture/envoi/")
    assert page.input_value("dialog [name=credit]") == "Photo : Alice"
    page.click("dialog [type=submit]")
    page.wait_for_selector(".ProseMirror figure img")


@pytest.mark.parametrize("taken", [True, False])
def test_a_twin_is_offered(opened, taken):  # noqa: F811
    known = make_picture(alt="Déjà là")
    page, article = opened("<p>Avant</p>")
    give(page, "drop")
    fill(page)
    page.click("dialog [type=submit]")
    page.wait_for_selector("dialog >> text=Cette image est déjà dans la bibliothèque.")
    page.click(f"dialog >> text={'Prendre celle qui est là' if taken else 'L’envoyer quand même'}")
    page.wait_for_selector(".ProseMirror figure img")
    body = saved(page, article)
    assert (f"/media/{known.name}" in body) is taken
    assert Picture.objects.count() == (1 if taken else 2)


def test_text_that_is_pasted_with_a_picture_of_itself_is_text(opened):  # noqa: F811
    page, article = opened("<p>Avant</p>")
    select(page, 6)
    give(page, "paste", html="<p>Du texte de Word</p>")
    assert page.locator("dialog[open]").count() == 0
    assert "Du texte de Word" in saved(page, article)


def test_words_of_a_picture_are_changed_and_it_is_taken_away(opened):  # noqa: F811
    picture = make_picture(alt="Avant")
    page, article = opened(f'<p>Texte</p><figure><img src="/media/{picture.name}"></figure>')
    page.locator(".ProseMirror figure img").click()
    press_button(page, "figure")
    page.fill("dialog [name=alt]", "Après")
    page.fill("dialog [name=caption]", "Une légende")
    page.click("dialog [type=submit]")
    page.wait_for_selector(".ProseMirror figcaption")
    body = saved(page, article)
    assert 'alt="Après"><figcaption>Une légende</figcaption>' in body
    page.locator(".ProseMirror figcaption").click()
    press_button(page, "figure")
    page.click("dialog >> text=Retirer l’image")
    page.wait_for_selector(".ProseMirror figure", state="detached")
    assert saved(page, article) == "<p>Texte</p>"


def test_picture_with_a_link_keeps_it(opened):  # noqa: F811
    picture = make_picture(alt="Un chat")
    image = (
        f'<a href="https://a.example/" rel="noopener"><img src="/media/{picture.name}" alt="x"></a>'
    )
    page, article = opened(f"<p>Texte</p><figure>{image}</figure>")
    select(page, 1)
    page.keyboard.type("Un ")
    assert saved(page, article) == f"<p>Un Texte</p><figure>{image}</figure>"


def test_library_is_leafed_through_and_searched(opened, monkeypatch):  # noqa: F811
    monkeypatch.setattr("pictures.choosing.PAGE", 2)
    for n in range(3):
        make_picture(alt=f"Image {n}")
    page, _ = opened()
    press_button(page, "figure")
    page.wait_for_selector(".picker__choice >> nth=1")
    assert page.locator(".picker__choice").count() == 2
    page.click("dialog >> text=Plus d’images")
    page.wait_for_selector(".picker__choice >> nth=2")
    assert "3 images montrées" in page.locator(".picker__state").inner_text()
    assert page.locator("dialog >> text=Plus d’images").is_hidden()
    assert "Photo : Alice, CC BY 4.0" in page.locator(".picker__choice").first.inner_text()
    page.click("dialog [type=submit]")
    assert "Choisissez une image." in page.locator(".picker__state").inner_text()


def test_lead_picture_is_chosen_sent_and_taken_away(opened):  # noqa: F811
    known = make_picture(alt="Un chat")
    page, article = opened()
    assert page.locator("[name=upload]").is_hidden()
    page.click(".lead >> text=Choisir")
    page.locator(".picker__choice").first.click()
    page.click("dialog [type=submit]")
    page.wait_for_selector(".lead img:not([hidden])")
    assert violations(page) == []
    saved(page, article)
    assert article.lead_image == known
    assert "Un chat" in page.locator(".lead__said").inner_text()
    page.click(".lead >> text=Retirer l’image")
    assert page.locator(".lead img").is_hidden()
    give(page, "drop", ".lead", image_bytes(700))
    fill(page, alt="Un autre")
    page.click("dialog [type=submit]")
    page.wait_for_selector(".lead img:not([hidden])")
    saved(page, article)
    assert Article.objects.get().lead_image.alt == "Un autre"
    page.click(".lead >> text=Retirer l’image")
    saved(page, article)
    assert Article.objects.get().lead_image is None


def test_click_on_a_picture_says_where_it_stays_visible(opened, live_server):  # noqa: F811
    picture = make_picture()
    page, _ = opened()
    page.goto(f"{live_server.url}/admin/pictures/picture/{picture.pk}/change/")
    box = page.locator(".focus-place img").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.75)
    assert abs(int(page.input_value("[name=focus_x]")) - 20) <= 1
    assert abs(int(page.input_value("[name=focus_y]")) - 75) <= 1
    assert violations(page) == []
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    picture.refresh_from_db()
    assert picture.focus_classes.split()[0] == "focus-x-20"
