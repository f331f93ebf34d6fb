import re
import tomllib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from magazine.models import SitePage, SiteSettings
from tests.factories import image_bytes, make_article, make_author, make_comment

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
FIELDS = {"name": "Santé & Voix", "promise": "Une devise.", "description": "Une description."}


def save(editor, **changes):
    SiteSettings.objects.get_or_create(pk=1)
    return editor.post("/admin/magazine/sitesettings/1/change/", {**FIELDS, **changes})


def test_logo_is_our_own_file_with_its_size_and_text(editor, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("mon logo.png", image_bytes(600, 60, "PNG"), "image/png")
    assert save(editor, logo=upload, logo_alt="Santé & Voix").status_code == 302
    stored = SiteSettings.objects.get()
    assert re.fullmatch(r"site/../[0-9a-f]{32}\.jpg", stored.logo.name)
    assert (stored.logo_width, stored.logo_height) == (600, 60)
    html = client.get("/").content.decode()
    assert f'src="/media/{stored.logo.name}" alt="Santé &amp; Voix" width="600" height="60"' in html
    assert save(editor, logo_alt="Santé & Voix").status_code == 302
    assert SiteSettings.objects.get().logo.name == stored.logo.name


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("logo.svg", SVG, "au format SVG ne sont pas acceptées"),
        ("logo.png", SVG, "au format SVG ne sont pas acceptées"),
        ("logo.html", b"<script>alert(1)</script>", "n’est pas une image lisible"),
    ],
)
def test_vector_or_unreadable_logo_is_refused(editor, settings, tmp_path, name, data, said):
    settings.MEDIA_ROOT = tmp_path
    answer = save(editor, logo=SimpleUploadedFile(name, data), logo_alt="Logo")
    assert said in answer.content.decode()
    assert not SiteSettings.objects.get().logo
    assert list(tmp_path.rglob("*.*")) == []


def test_logo_without_text_is_refused(editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answer = save(
        editor, logo=SimpleUploadedFile("logo.png", image_bytes(300, 60, "PNG")), logo_alt=""
    )
    assert "Décrivez le logo" in answer.content.decode()


def test_editor_chooses_where_articles_are_shared_and_the_page_follows(editor, client):
    path = make_article().get_absolute_url()
    form = editor.get("/admin/magazine/sitesettings/", follow=True).content.decode()
    ways = (
        "shares_by_email",
        "shares_on_mastodon",
        "shares_on_bluesky",
        "shares_on_facebook",
        "shares_on_x",
    )
    assert all(f'name="{way}"' in form for way in ways)
    assert save(editor, shares_on_mastodon="on").status_code == 302
    html = client.get(path).content.decode()
    assert "share.joinmastodon.org" in html
    assert not [
        other
        for other in ("mailto:?subject", "bsky.app/intent", "facebook.com/sharer", "x.com/intent")
        if other in html
    ]


def test_every_page_of_the_footer_exists(client, db):
    wanted = {
        "qui-sommes-nous",
        "charte-editoriale",
        "rectificatifs",
        "financement",
        "publicite",
        "contact",
        "mentions-legales",
        "vie-privee",
        "accessibilite",
    }
    assert wanted | {"charte-des-reactions", "ecrire"} <= set(
        SitePage.objects.values_list("slug", flat=True)
    )
    footer = client.get("/").content.decode().split("<footer")[1]
    assert all(f"/a-propos/{slug}/" in footer for slug in wanted)


def test_page_with_another_address_leads_on_from_the_old_one(editor, client, db):
    page = SitePage.objects.create(title="Une page", slug="une-page", body="<p>Oui.</p>")
    form = {
        "title": page.title,
        "footer_title": "",
        "slug": "une-autre",
        "body": page.body,
        "column": "",
        "position": "0",
    }
    assert editor.post(f"/admin/magazine/sitepage/{page.pk}/change/", form).status_code == 302
    assert client.get("/a-propos/une-page/")["Location"] == "/a-propos/une-autre/"
    assert client.get("/en/a-propos/une-page/")["Location"] == "/en/a-propos/une-autre/"
    editor.post(f"/admin/magazine/sitepage/{page.pk}/change/", form | {"slug": "une-page"})
    assert client.get("/a-propos/une-page/").status_code == 200
    assert client.get("/a-propos/une-autre/")["Location"] == "/a-propos/une-page/"


def test_starting_texts_keep_french_typography():
    path = Path(__file__).resolve().parents[2] / "magazine" / "data" / "pages.toml"
    pages = tomllib.loads(path.read_text(encoding="utf-8"))["pages"]
    for page in pages:
        assert "'" not in re.sub(r"<[^>]*>", "", page["body"]), page["slug"]
        assert not re.search(r"-le (nous|moi)\b", page["body"]), page["slug"]


def test_numbers_of_the_mark_up_are_never_written_for_readers(client, db):
    from comments.models import Comment

    article = make_article()
    made = make_comment(article, make_author())
    Comment.objects.filter(pk=made.pk).update(id=12_345)
    assert 'id="r12345"' in client.get(article.get_absolute_url()).content.decode()
