"""Web addresses in what readers write become links that end where the address does."""

import re
from html import unescape
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.html.policy import clean_html
from lib.text import paragraphs_with_links
from lib.writing.links import has_site, with_links

LINK = re.compile(r'<a href="([^"]*)" rel="nofollow ugc noopener">([^<]*)</a>')


def links(text):
    """Return what each link shows, and where it leads if that is something else."""
    return [
        unescape(shown) if href == shown else (unescape(shown), unescape(href))
        for href, shown in LINK.findall(with_links(text))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Voir https://fr.wikipedia.org/wiki/Maladie_d'Alzheimer pour la suite.",
            ["https://fr.wikipedia.org/wiki/Maladie_d'Alzheimer"],
        ),
        ("(https://a.fr/l’eau).", ["https://a.fr/l’eau"]),
        ("'https://a.fr/l'eau', dit-il", ["https://a.fr/l'eau"]),
        ("HTTPS://A.fr/B", [("HTTPS://A.fr/B", "https://A.fr/B")]),
        ("www.ameli.fr.", [("www.ameli.fr", "https://www.ameli.fr")]),
        ("WWW.Ameli.fr/x!", [("WWW.Ameli.fr/x", "https://WWW.Ameli.fr/x")]),
        ("https://fr.wikipedia.org/wiki/A_(b)", ["https://fr.wikipedia.org/wiki/A_(b)"]),
        ("(voir https://fr.wikipedia.org/wiki/A_(b)).", ["https://fr.wikipedia.org/wiki/A_(b)"]),
        ("[ici](https://a.fr/b)", ["https://a.fr/b"]),
        ("<https://a.fr/b>", ["https://a.fr/b"]),
        ("« https://a.fr/b »", ["https://a.fr/b"]),
        ("https://a.fr/b?c=d&e=1#f, puis", ["https://a.fr/b?c=d&e=1#f"]),
        ("https://a.fr/b...", ["https://a.fr/b"]),
        ("https://a.fr/b ?", ["https://a.fr/b"]),
        ("https://a.fr:8080/b;c=1;", ["https://a.fr:8080/b;c=1"]),
        ("https://économie.gouv.fr/é", ["https://économie.gouv.fr/é"]),
        ("请看https://a.fr/b。", ["https://a.fr/b"]),
        ("https://a.fr/ et http://b.fr/c", ["https://a.fr/", "http://b.fr/c"]),
        ("https://web.archive.org/web/1/https://b.fr/c", ["https://web.archive.org/web/1/https://b.fr/c"]),
        ("http://192.0.2.1/x", ["http://192.0.2.1/x"]),
    ],
)  # fmt: skip
def test_links_are_whole_and_end_with_the_address(text, found):
    assert links(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "http://;URL=javascript:alert(1)",
        "https://",
        "https:// a.fr",
        "https://'x'",
        "https://localhost",
        "https://google.com@example.org/",
        "javascript://a.fr/%0aalert(1)",
        "marie@www.example.org",
        "fin.Le début, etc.Suite",
        "www.",
        "awww.mignon.fr",
        "ftp://a.fr/b",
        "https://-a-.fr-",
        "https://a..fr",
    ],
)
def test_what_names_no_site_is_no_link(text):
    assert links(text) == []


PIECES = ["https://", "www.", "a.fr", "javascript:", *"/'\"<()&; é@"]


@given(st.lists(st.sampled_from(PIECES)))
def test_no_address_loses_a_letter_or_carries_code(pieces):
    text = "".join(pieces)
    html = with_links(text)
    assert unescape(re.sub("<[^>]*>", "", html)) == text
    assert all(re.match(r"https?://[^\W_]", unescape(href)) for href, _shown in LINK.findall(html))
    assert html.count("<a ") == len(LINK.findall(html))


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("http://;URL=javascript:alert(", False),
        ("http://", False),
        ("https:///x", False),
        ("https://[oops", False),
        ("http://a b/", False),
        ("https://économie.fr/", True),
        ("http://user@a.fr:80/x", True),
        ("http://[::1]/", True),
        ("HTTP://A.FR", True),
    ],
)
def test_rich_texts_keep_links_to_sites_only(address, names):
    assert has_site(address) is names
    assert ("href" in clean_html(f'<p><a href="{address}">x</a></p>')) is names


def test_reaction_shows_its_emoji_and_links_whole():
    html = paragraphs_with_links("Merci à la soignante 👩‍⚕️ et ❤️ !\n\nVoir www.ameli.fr")
    assert html.startswith("<p>Merci à la soignante 👩‍⚕️ et ❤️ !</p><p>Voir <a ")


@pytest.mark.parametrize(
    "shape", ["https://", "https://a.", "www.", "www.a.fr ", "https://a.fr/(", ")", "a.", "a-", "'"]
)
def test_time_grows_with_the_length_and_no_faster(shape):
    def seconds(times):
        text = "https://a.fr/" + shape * times
        return min(_taken(text) for _ in range(3))

    assert seconds(6_000) <= 3 * seconds(3_000) + 0.01


def _taken(text):
    start = thread_time()
    with_links(text)
    return thread_time() - start
