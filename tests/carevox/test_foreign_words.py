"""No page holds a string of the other language, unless it says so."""

import re

import html5lib
import pytest

from lib.web.honeypot import stamp
from lib.web.languages import in_language
from tests.architecture.test_catalogues import catalogue
from tests.factories import make_comment


def visible(html, foreign):
    """Return what a reader sees or hears, without what is marked as in the other language.

    Title and addresses cannot be marked.
    """
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    said = []

    def walk(element):
        if (
            element.tag in {"script", "style", "link", "title", "textarea"}
            or element.get("lang") == foreign
        ):
            return
        said.extend(element.get(name, "") for name in ("alt", "title", "aria-label", "placeholder"))
        if element.tag == "input" and element.get("type") in {"submit", "button"}:
            said.append(element.get("value", ""))
        said.append(element.text or "")
        for child in element:
            walk(child)
            said.append(child.tail or "")

    walk(tree)
    return re.sub(r"[ \t\n]+", " ", re.sub(r"https?://\S+", "", " ".join(said)))


def patterns(language):
    """Return the strings of a language that the other one does not share, as patterns."""
    pairs = [
        (entry.msgid, text)
        for entry in catalogue("en")
        for text in ([entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values())
    ]
    own = {pair[0 if language == "fr" else 1] for pair in pairs}
    other = " | ".join(pair[1 if language == "fr" else 0] for pair in pairs).casefold()
    found = {}
    for text in own:
        bare = re.sub(r"<[^>]+>", " ", text.replace("%%", "%"))
        pieces = [piece.strip(" .,:;!?()«»") for piece in re.split(r"%\(\w+\)[sd]", bare)]
        words = max(pieces, key=len)
        if len(words) > 6 and words.casefold() not in other:
            found[text] = re.compile(
                r"(?<!\w)" + re.escape(words).replace(r"\ ", r"\s+") + r"(?!\w)", re.IGNORECASE
            )
    assert len(found) > 250
    return found


FRENCH = re.compile(
    r"\b(?:le|la|les|des|une|vous|votre|vos|est|pour|avec|dans|sur|cette|votre|aucun|aucune|ou|et)\b|[éèêàçùœ]",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(?:the|your|you|this|with|from|have|has|please|been|of|and|for)\b", re.IGNORECASE
)
NAMES = re.compile(r"Chloé|Éditeur|CareVox, le magazine|Français|j F Y")


def member(as_, chloe):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.get_or_create(
        user=chloe.user, email=chloe.user.email, defaults={"verified": True, "primary": True}
    )
    return as_(chloe)


def pages(article, chloe):
    comment = make_comment(article, chloe)
    own = f"/reactions/{comment.pk}"
    for path in (
        "/",
        "/medicaments-soins/",
        "/medicaments-soins/les-actus/",
        "/auteurs/alice/",
        "/mots-cles/sante-publique/",
        "/nulle-part/",
    ):
        yield "visitor", path
    for path in (
        article.get_absolute_url(),
        "/a-propos/vie-privee/",
        "/compte/login/",
        "/compte/signup/",
        "/compte/password/reset/",
    ):
        yield "visitor", path
    for path in (
        "/compte/password/reset/done/",
        "/compte/password/reset/key/1-x/",
        "/compte/confirm-email/",
        "/compte/confirm-email/faux/",
    ):
        yield "visitor", path
    for path in (
        "/compte/profil/",
        "/compte/email/",
        "/compte/password/change/",
        "/compte/2fa/",
        "/compte/reauthenticate/",
        "/compte/logout/",
    ):
        yield "member", path
    for path in (
        "/compte/2fa/totp/activate/",
        "/compte/2fa/webauthn/",
        "/compte/2fa/webauthn/add/",
        "/compte/2fa/recovery-codes/generate/",
    ):
        yield "member", path
    for path in (
        article.get_absolute_url(),
        f"{own}/modifier/",
        f"{own}/retrait/",
        f"{own}/signalement/",
        f"{article.get_absolute_url()}/signalement/",
    ):
        yield "member", path


def posts(article):
    yield "/compte/signup/", {"pseudonym": "Modérateur", "email": "x", "password1": "x"}
    yield "/compte/profil/", {"pseudonym": "", "website": "x"}
    yield f"{article.get_absolute_url()}/reactions/", {"text": ""}
    yield (
        f"{article.get_absolute_url()}/reactions/",
        {
            "text": "Un essai",
            "preview": "1",
            "opened": stamp(),
            "submission": "0b7c1c5e-6bd7-4c0e-9d5f-6f2a8f6f1f10",
        },
    )
    yield f"{article.get_absolute_url()}/note/", {"value": "9"}
    yield f"{article.get_absolute_url()}/signalement/", {}


@pytest.mark.parametrize(
    ("language", "foreign", "telltale"),
    [("en", "fr", FRENCH), ("fr", "en", ENGLISH)],
    ids=["en", "fr"],
)
def test_no_page_holds_a_string_of_the_other_language(
    client, as_, article, chloe, language, foreign, telltale
):
    known, reader = patterns(foreign), member(as_, chloe)
    odd = {}
    answers = [
        (
            path,
            (reader if who == "member" else client).get(in_language(path, language), follow=True),
        )
        for who, path in pages(article, chloe)
    ]
    answers += [
        (
            f"POST {path}",
            (client if "signup" in path else reader).post(in_language(path, language), data),
        )
        for path, data in posts(article)
    ]
    for path, answer in answers:
        assert answer.status_code in {200, 404, 422}, path
        html = answer.content.decode()
        assert f'<html lang="{language}">' in html, path
        text = visible(html, foreign)
        found = [
            msgid
            for msgid, pattern in known.items()
            if pattern.search(f"{re.search('(?s)<title>(.*?)</title>', html)[1]} {text}")
        ]
        found += [
            text[max(0, match.start() - 30) : match.end() + 30]
            for match in telltale.finditer(NAMES.sub("", text))
        ]
        if found:
            odd[path] = sorted(set(found))[:8]
    assert odd == {}
