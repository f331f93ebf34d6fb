"""The one policy for HTML that people type.

Whatever path it takes to the database, it passes through `clean_html`.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lib.html.tidying import tidy
from lib.writing.characters import legible
from lib.writing.links import has_site

MAX_HTML_CHARS = 300_000

TAGS = {
    *(
        "p",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "blockquote",
        "footer",
        "cite",
        "strong",
        "em",
        "a",
        "img",
        "figure",
        "figcaption",
    ),
    *(
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "sup",
        "sub",
        "br",
        "hr",
        "code",
        "pre",
        "abbr",
        "q",
        "section",
        "span",
    ),
}
ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "table": {"data-caption"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "abbr": {"title"},
    "section": {"class"},
    "li": {"id"},
    "sup": {"id"},
    "span": {"lang"},
    "p": {"lang"},
    "q": {"lang"},
    "em": {"lang"},
    "blockquote": {"lang"},
}
# Old and foreign names of what we keep. Both tags of a pair are renamed before the cleaning.
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4", "div": "p"}
RENAME = re.compile(r"<(/?)(b|i|h1|h5|h6|div)(?=[\s/>])", re.IGNORECASE)
NOTE_ID = re.compile(r"(?:note|appel)-\d{1,3}")
NUMBER = re.compile(r"\d{1,4}")
LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2})?")
SOFT_SPACES = ("&nbsp;", "\u00a0", "\u202f")


class TooLong(ValueError):
    """Says in French that the text is too long to be kept."""


def clean_html(html: str) -> str:
    """Return the HTML under our policy; doing it twice changes nothing. Raises TooLong beyond
    MAX_HTML_CHARS.

    Unbreakable spaces become plain ones: editors insert them while typing, and the page sets the
    French ones itself.
    """
    if len(html) > MAX_HTML_CHARS:
        raise TooLong(
            _("Le texte dépasse %(limit)s caractères : partagez-le en plusieurs articles.")
            % {"limit": MAX_HTML_CHARS}
        )
    html = _with_plain_spaces(legible(html))
    html = RENAME.sub(lambda match: f"<{match[1]}{RENAMED[match[2].lower()]}", html)
    html = legible(_nh3(html))  # again: &#x202e; has become the character
    return tidy(_with_plain_spaces(html))


def _with_plain_spaces(html: str) -> str:
    for space in SOFT_SPACES:
        html = html.replace(space, " ")
    return html


def _nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel", "sms"},
        link_rel="noopener",
        clean_content_tags={
            "script",
            "style",
            "template",
            "iframe",
            "object",
            "noscript",
            "svg",
            "math",
            "title",
            "textarea",
            "select",
        },
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    value = legible(
        value
    )  # before it is judged: "/\u200b/host" must not become "//host" afterwards
    match tag, name:
        case "img", "src":
            return value if is_own_file(value) else None
        case "a", "href":
            return value if is_link(value) else None
        case _, "id":
            return value if NOTE_ID.fullmatch(value) else None
        case "section", "class":
            return "footnotes" if "footnotes" in value.split() else None
        case _, ("width" | "height" | "colspan" | "rowspan" | "start"):
            return value if NUMBER.fullmatch(value) else None
        case "th", "scope":
            return value if value in {"col", "row", "colgroup", "rowgroup"} else None
        case _, "lang":
            return value if LANGUAGE.fullmatch(value) else None
    return value


def is_own_file(address: str) -> bool:
    """Tell whether the address is a file of our own library, by a path without tricks."""
    return (
        address.startswith(own_files())
        and ".." not in address
        and "\\" not in address
        and not urlsplit(address).query
    )


def own_files() -> str:
    """Return how the path of each file of our own library begins."""
    return f"/{settings.MEDIA_URL.strip('/')}/"


def is_link(address: str) -> bool:
    """Tell whether the address is one of the web, mail, telephone, of this page or of this site,
    never `//host`."""
    compact = re.sub(r"\s", "", address)
    if compact.startswith(("//", "/\\", "\\")):
        return False
    scheme = (
        compact.partition(":")[0].lower() if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", compact) else ""
    )
    if scheme in {"http", "https"}:
        return has_site(compact)
    return scheme in {"mailto", "tel", "sms"} or (not scheme and compact.startswith(("/", "#")))


def text_to_html(text: str) -> str:
    """Return plain paragraphs as HTML; for texts that come without any mark-up."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())
