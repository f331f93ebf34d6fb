"""The one policy for HTML that people type.

Whatever path it takes to the database, it passes through `clean_html`.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

from django.conf import settings

from lib.html.budget import MAX_TYPED_CHARS, check_length
from lib.html.losses import Losses
from lib.html.nesting import nested
from lib.html.sanitiser import sanitised
from lib.html.tidying import tidy
from lib.writing.characters import legible
from lib.writing.links import has_site

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
        "s",
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
    "blockquote": {"class", "lang"},
}
# what a section and a quotation may be: notes, what to keep in mind, to do, not to do; a pull quote
CLASSES = {"section": {"footnotes", "key-point", "do", "dont"}, "blockquote": {"pull"}}
NOTE_ID = re.compile(r"(?:note|appel)-\d{1,3}")
# where word processors lead inside their own documents
FOREIGN_ANCHOR = re.compile(r"#(?:_|(?:sd)?(?:foot|end)note\d|ftnt|cmnt|docs-internal|Bookmark)")
NUMBER = re.compile(r"\d{1,4}")
LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2})?")


def clean_html(html: str, losses: Losses | None = None) -> str:
    """Return the HTML under our policy; doing it twice changes nothing.

    `losses` is told what is not kept.
    Raises TooLong when it holds more than `lib/html/budget.py` allows.
    """
    check_length(len(html), MAX_TYPED_CHARS)
    nested_html = nested(legible(html), ATTRIBUTES, TAGS, _attribute, losses)
    cleaned = legible(tidy(_safe(nested_html)))  # again: what stood apart may stand together now
    check_length(len(cleaned))
    return cleaned


def _safe(html: str) -> str:
    return sanitised(
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
    """Judge a value.

    What cannot be seen has left it before, in `lib/html/tokens.py`, so that no zero-width space
    hides a second slash.
    """
    match tag, name:
        case "img", "src":
            return value if is_own_file(value) else None
        case "a", "href":
            return value if is_link(value) else None
        case _, "id":
            return value if NOTE_ID.fullmatch(value) else None
        case _, "class":
            return next((word for word in value.split() if word in CLASSES.get(tag, ())), None)
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
    """Tell whether the address is one of the web, with a host, of mail, telephone, of this page or
    of this site, never `//host`."""
    compact = re.sub(r"\s", "", address)
    if compact.startswith(("//", "/\\", "\\")):
        return False
    scheme = (
        compact.partition(":")[0].lower() if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", compact) else ""
    )
    if scheme in {"http", "https"}:
        return has_site(compact)
    if scheme or compact.startswith("/"):
        return scheme in {"mailto", "tel", "sms"} or not scheme
    return compact.startswith("#") and not FOREIGN_ANCHOR.match(compact)


def text_to_html(text: str) -> str:
    """Return plain paragraphs as HTML; for texts that come without any mark-up."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())
