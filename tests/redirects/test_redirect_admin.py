"""What editors write in the table of redirections is checked, put in order, and told."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redirects.addresses import new_form, old_form, queries_meant, query_parts
from redirects.models import Redirect
from tests.factories import make_article, make_section

ADD = "/admin/redirects/redirect/add/"


@pytest.fixture
def write(db, editor):
    """Return a function that types a redirection: the page it leads to, with what it says."""
    for name in ("Famille", "Soins"):
        make_section(name)

    def type_in(old, new, **more):
        answer = editor.post(ADD, {"old_path": old, "new_path": new, **more}, follow=True)
        return html.unescape(answer.content.decode())

    return type_in


def asked(client, path):
    response = client.get(path)
    return response.status_code, response.get("location")


@pytest.mark.parametrize(
    ("old", "new", "path", "leads_to"),
    [
        ("/m%C3%A9decine/", "/famille/", "/médecine/", "/famille/"),
        ("/médecine", "/famille/", "/m%C3%A9decine/", "/famille/"),
        ("/me\u0301decine/", "/famille/", "/m%C3%A9decine", "/famille/"),
        ("/spip.php?article12", "/famille/", "/spip.php?article12", "/famille/"),
        ("/deux\u00a0mots/", "/famille/", "/deux%C2%A0mots/", "/famille/"),
        ("/deux%C2%A0mots", "/famille/", "/deux%20mots/", "/famille/"),
        ("/caf%E9.html", "/famille/", "/caf%E9.html", "/famille/"),
        ("/%E9t%E9/", "/famille/", "/%C3%A9t%C3%A9", "/famille/"),
        ("/spip.php?article12", "/famille/", "/spip.php?article12=", "/famille/"),
        (
            "/spip.php?article12",
            "/famille/",
            "/spip.php?article12&utm_source=x",
            "/famille/?utm_source=x",
        ),
        (
            "/spip.php?page=article&id_article=12",
            "/famille/",
            "/spip.php?id_article=12&page=article",
            "/famille/",
        ),
        ("/spip.php?article12", "/famille/", "/spip.php?Article12", "/famille/"),
        ("/spip.php?Article12", "/famille/", "/SPIP.php?ARTICLE12&X=Y", "/famille/?X=Y"),
        ("/index.php?ID=3&Nom=Été", "/famille/", "/index.php?nom=%C3%89T%C3%89&id=3", "/famille/"),
        ("/?p=12", "/famille/", "/?p=12", "/famille/"),
        ("/?P=12", "/famille/", "/?p=12", "/famille/"),
        ("/?p=12", "/famille/", "/en/?p=12&q=1", "/en/famille/?q=1"),
        ("/index.php?p=caf%C3%A9+noir", "/famille/", "/index.php?p=café%20noir", "/famille/"),
        ("/en/ancien/", "/famille/", "/en/ancien/", "/en/famille/"),
        ("/en/ancien/", "/famille/", "/ancien/", "/famille/"),
        ("/ancien/", "/en/famille/", "/ancien/", "/famille/"),
        ("/sans-barre", "/famille/", "/sans-barre/", "/famille/"),
        ("/sans-barre", "/famille/", "/sans-barre", "/famille/"),
        ("/avec-barre/", "/famille/", "/avec-barre", "/famille/"),
        ("/page.html", "/famille/", "/page.html/", "/famille/"),
        ("/Majuscule/", "/famille/", "/majuscule/", "/famille/"),
        ("/majuscule/", "/famille/", "/MAJUSCULE", "/famille/"),
        ("/deux//barres/", "/famille/", "/deux/barres/", "/famille/"),
        ("/un mot/", "/famille/", "/un%20mot/", "/famille/"),
        ("/cent%25/", "/famille/", "/cent%25/", "/famille/"),
        ("/quoi%3F/", "/famille/", "/quoi%3F", "/famille/"),
        ("  /blancs/  ", " /famille/ ", "/blancs/", "/famille/"),
        ("http://localhost/entier/", "http://localhost/famille/", "/entier/", "/famille/"),
        ("/fin/", "/famille/", "/fin/).", "/famille/"),
        ("/avec/", "/famille/?tri=1#bas", "/avec/", "/famille/?tri=1#bas"),
        ("/avec/", "/famille/?tri=1#bas", "/avec/?tri=2&a=b", "/famille/?tri=1&a=b#bas"),
        ("/avec/", "/famille/#bas", "/avec/?a=b", "/famille/?a=b#bas"),
        ("/accents/", "/famille/é?q=é", "/accents/", "/famille/%C3%A9?q=%C3%A9"),
    ],
)
def test_what_was_written_is_matched(client, write, old, new, path, leads_to):
    write(old, new)
    assert asked(client, path) == (301, leads_to)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/vieux/", "/soins/?a=1#b"),
        ("/Vieux/Page", "/soins/Page?a=1#b"),
        ("/vieux/une/page/?c=2", "/soins/une/page/?a=1&c=2#b"),
        ("/en/vieux/page/", "/en/soins/page/?a=1#b"),
        ("/vieux/quoi%3F%23/", "/soins/quoi%3F%23/?a=1#b"),
        ("/vieux/%C3%89t%C3%A9", "/soins/%C3%89t%C3%A9?a=1#b"),
        ("/vieuxbis/", None),
    ],
)
def test_what_follows_is_put_in_its_place(client, write, path, leads_to):
    write("/vieux/", "/soins/?a=1#b", is_prefix="on")
    assert asked(client, path)[1] == leads_to


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("/self/", "/self/", "est aussi l’ancienne"),
        ("/self/", "/self", "personne n’arriverait"),
        *(("/self/", f"/self{end}", "personne n’arriverait") for end in (".", ")", "/.", "»")),
        ("/self/", "/SELF/", "personne n’arriverait"),
        ("/self/", "/en/self/", "est aussi l’ancienne"),
        ("/médecine/", "/m%C3%A9decine", "personne n’arriverait"),
        ("/self/", "/self/#x", "personne n’arriverait"),
        ("/page#bas", "/famille/", "Retirez « # »"),
        ("#bas", "/famille/", "Retirez « # »"),
        ("/", "/famille/", "La page d’accueil reste"),
        ("/en/", "/famille/", "La page d’accueil reste"),
        ("vieux/", "/famille/", "qui commence par une seule « / »"),
        ("//vieux/", "/famille/", None),
        ("/vieux/", "//evil.example/", "qui commence par une seule « / »"),
        ("/vieux/", "/\\evil.example/", "qui commence par une seule « / »"),
        ("/vieux/", "https://evil.example/", "qui commence par une seule « / »"),
        ("https://evil.example/", "/famille/", "qui commence par une seule « / »"),
        ("", "/famille/", "obligatoire"),
        ("/" + "x" * 400, "/famille/", "300"),
    ],
)
def test_what_cannot_lead_anywhere_is_refused_beside_its_field(write, old, new, said):
    page = write(old, new)
    assert Redirect.objects.exists() == (said is None)
    assert said is None or said in page
    assert said is None or "errorlist" in page


def test_prefix_with_a_query_or_under_itself_is_refused(write):
    assert "décochez" in write("/spip.php?article1", "/famille/", is_prefix="on")
    assert "personne n’arriverait" in write("/a/", "/a/b/", is_prefix="on")
    assert not Redirect.objects.exists()


def test_second_way_from_an_address_is_refused(write):
    write("/vieux/", "/famille/")
    for same in ("/vieux/", "/VIEUX", "/en/vieux/", "/vieu%78/"):
        assert "existe déjà" in write(same, "/soins/")
    assert Redirect.objects.count() == 1


@pytest.mark.parametrize("length", [2, 4])
@pytest.mark.parametrize("last", ["/v0/", "/V0", "/en/v0/", "/v0/?x=1", "/v0/#x"])
def test_loop_is_refused_whatever_its_length_and_writing(write, length, last):
    for n in range(length - 1):
        write(f"/v{n}/", f"/v{n + 1}/")
    page = write(f"/v{length - 1}/", last)
    assert Redirect.objects.count() == length - 1
    assert "ramène" in page


def test_loop_through_a_folder_is_refused(write):
    write("/a/", "/b/", is_prefix="on")
    assert "ramène" in write("/b/page/", "/a/page/")
    assert "ramène" in write("/b/", "/a/x/", is_prefix="on")


def test_chain_is_made_one_step_in_both_directions(client, write):
    write("/b/", "/c/")
    write("/a/", "/b/")
    assert Redirect.objects.get(old_path="/a/").new_path == "/c/"
    page = write("/c/", "/famille/")
    assert (
        "2 redirections qui menaient à l’ancienne adresse mènent maintenant à la nouvelle" in page
    )
    assert set(Redirect.objects.values_list("new_path", flat=True)) == {"/famille/"}
    for path in ("/a/", "/b/", "/c/"):
        assert asked(client, path) == (301, "/famille/")


def test_chain_through_a_folder_is_one_step(client, write):
    write("/b/", "/soins/", is_prefix="on")
    write("/a/", "/b/page/?x=1")
    assert asked(client, "/a/") == (301, "/soins/page/?x=1")


def test_rows_that_no_form_has_seen_lead_once_and_never_round(client, write):
    Redirect.objects.bulk_create(
        Redirect(old_path=old, new_path=new)
        for old, new in [
            ("/Un", "/deux/"),
            ("/deux/", "/trois/"),
            ("/trois/", "/famille/"),
            ("/rond/", "/point/"),
            ("/point/", "/rond/"),
        ]
    )
    assert asked(client, "/un/") == (301, "/famille/")
    assert client.get("/rond/").status_code == 404


@pytest.mark.parametrize(
    "old",
    [
        "/famille/",
        "/Famille",
        "/archives/",
        "/recherche",
        "/en/famille/",
        "/feed",
        "/robots.txt",
        "/Sitemap.xml",
        "/healthz",
        "/favicon.ico",
        "/favicon.ico/",
        "/Apple-touch-icon.png",
        "/compte/login",
        "/contact",
        "/admin",
    ],
)
def test_page_that_lives_at_the_old_address_is_told_and_shown(client, write, old):
    assert "Une page vit à l’ancienne adresse" in write(old, "/soins/")
    assert client.get("/famille/").status_code == 200


def test_article_that_lives_at_the_old_address_is_told(write):
    address = make_article().get_absolute_url()
    assert "Une page vit à l’ancienne adresse" in write(address, "/soins/")


def test_redirection_that_sleeps_is_none_in_a_chain(client, write):
    write("/famille/", "/soins/")
    write("/vieux/", "/famille/")
    assert asked(client, "/vieux/") == (301, "/famille/")


def test_target_without_a_page_is_told(write):
    assert "Aucune page ne vit" in write("/vieux/", "/rien/")
    assert "Aucune page ne vit" not in write("/vieux-2/", "/famille/?x#y")


def test_what_the_form_changed_is_told(write):
    page = write("/M%C3%A9decine", "/famille/")
    assert "Enregistrée sous la forme « /médecine/ » → « /famille/ »" in page
    assert "Enregistrée sous la forme" not in write("/plain/", "/famille/")


def test_changing_a_redirection_passes_the_same_rules(client, editor, write):
    write("/a/", "/famille/")
    write("/b/", "/soins/")
    row = Redirect.objects.get(old_path="/b/")
    sent = {"old_path": "/b/", "new_path": "/b"}
    assert (
        "personne"
        in editor.post(f"/admin/redirects/redirect/{row.pk}/change/", sent).content.decode()
    )
    editor.post(
        f"/admin/redirects/redirect/{row.pk}/change/", {"old_path": "/b/", "new_path": "/a/"}
    )
    assert asked(client, "/b/") == (301, "/famille/")


SIX = "a=1&b=2&c=3&d=4&e=5&f=6"


@pytest.mark.parametrize(
    ("old", "asked_for", "left"),
    [
        ("id_article=12", "id_article=12&a=1&b=2&c=3&d=4&e=5", "a=1&b=2&c=3&d=4&e=5"),
        ("z=12", f"{SIX}&z=12", SIX),
        ("page=x&id=12", f"page=x&id=12&{SIX}", SIX),
        ("id=12", "&".join(f"a{n}={n}" for n in range(19)) + "&id=12", None),
        (SIX, SIX, ""),
        (SIX, "f=6&e=5&d=4&c=3&b=2&a=1", ""),
        (SIX, f"{SIX}&utm_source=x&fbclid=y", "utm_source=x&fbclid=y"),
        (f"{SIX}&utm_source=x", f"{SIX}&utm_source=x", ""),
        ("id=12", "utm_a=1&utm_b=2&utm_c=3&utm_d=4&utm_e=5&utm_f=6&id=12", None),
    ],
)
def test_old_address_is_found_in_a_long_query(client, write, old, asked_for, left):
    write(f"/vieux/?{old}", "/famille/")
    rest = "&".join(part for part in asked_for.split("&") if part not in old.split("&"))
    assert left is None or left == rest
    assert asked(client, f"/vieux/?{asked_for}") == (
        301,
        "/famille/" + (f"?{rest}" if rest else ""),
    )


@given(st.lists(st.integers(0, 99).map(str), max_size=60).map("&".join))
def test_queries_that_are_looked_for_are_bounded(query):
    found = list(queries_meant(query))
    assert len(found) <= 48
    assert found[0] == query_parts(query)
    assert all(part == tuple(sorted(part)) for part in found)
    assert [*map(len, found)] == sorted(map(len, found), reverse=True)


letters = st.sampled_from("/ab%2F3cÉé?&=+#. AenN\u0301J\u030cİΣ") | st.characters(codec="utf-8")
written = st.text(letters, max_size=30).map(lambda text: f"/{text}")


@given(written)
def test_forms_are_the_same_when_made_twice(text):
    assert old_form(old_form(text)) == old_form(text)
    assert new_form(new_form(text)) == new_form(text)
