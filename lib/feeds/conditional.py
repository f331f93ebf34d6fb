"""Feeds that are cheap to ask again: what they show is known before anything is rendered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from lib.feeds.formats import EMPTY_SINCE, FORMATS, TYPES
from lib.html.policy import ATTRIBUTES, TAGS
from lib.html.sanitiser import sanitised
from lib.web.addresses import absolute
from lib.web.http import read_only
from lib.web.living import lives

# how long a proxy may answer in our place; a withdrawn text leaves the feeds within that time
SECONDS_FRESH = 300


@dataclass
class FeedState:
    """What a feed shows, before it is rendered.

    `rows`: values of everything shown, the id first; `changed_at`: when anything entered, changed
    or left.
    """

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    changed_at: datetime = EMPTY_SINCE

    @property
    def ids(self) -> list[int]:
        return [row[0] for row in self.rows]


@dataclass
class FeedSubject:
    """What the methods of a feed are given.

    `thing`: the section, tag, author or article, None for the site; `magazine`: whose feed it is.
    """

    thing: Any
    magazine: Any
    state: FeedState


class ConditionalFeed(Feed):  # type: ignore[type-arg]  # generic in the stubs only
    """A feed in one of the FORMATS. Answers 304 after `find` and `state`, whose queries are small.

    A subclass finds its subject, tells its state and draws its items. An address is always that of
    SITE_URL, whatever host was asked, so that each item is one item everywhere.
    """

    def __init__(self, format: str = "rss") -> None:
        self.format = format
        self.feed_type = FORMATS[format]
        self.language = settings.LANGUAGE_CODE

    def find(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the feed is about; 404 if readers may not see it."""
        return None

    def state(self, thing: Any) -> FeedState:
        raise NotImplementedError

    def magazine(self) -> Any:
        """Return whose feed this is: `name` and `description` are read."""
        raise NotImplementedError

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        thing = self.find(**kwargs)
        subject = FeedSubject(thing, self.magazine(), self.state(thing))
        etag, changed_at = self._etag(request, subject), int(subject.state.changed_at.timestamp())
        response = get_conditional_response(
            request, etag=etag, last_modified=changed_at
        ) or self._rendered(request, subject)
        response.headers.setdefault("ETag", etag)
        response.headers.setdefault("Last-Modified", http_date(changed_at))
        patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
        return response

    def _etag(self, request: HttpRequest, subject: FeedSubject) -> str:
        """Weak: a proxy may compress the answer."""
        about = subject.magazine
        parts = [
            settings.VERSION,
            request.path,
            str(subject.thing),
            about.name,
            about.description,
            *map(repr, subject.state.rows),
        ]
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        return f'W/"{digest[:32]}"'

    def _rendered(self, request: HttpRequest, subject: FeedSubject) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            feed = self.get_feed(subject, request)
        response = HttpResponse(content_type=f"{TYPES[self.format]}; charset=utf-8")
        feed.write(response, "utf-8")
        return response

    # --- the feed itself ---

    def feed_url(self, subject: FeedSubject) -> str:
        return absolute(self.path(subject.thing) + suffix(self.format))

    def canonical(self, **kwargs: Any) -> str:
        """Return where this feed is; 404 if there is none."""
        return self.path(self.find(**kwargs)) + suffix(self.format)

    def path(self, thing: Any) -> str:
        """Return the path of the feed in its first format."""
        raise NotImplementedError

    def subtitle(self, subject: FeedSubject) -> str:
        return str(self.description(subject))

    def description(self, subject: FeedSubject) -> str:
        return str(subject.magazine.description)

    # --- its items ---

    item_guid_is_permalink = False

    def item_guid(self, item: Model) -> str:
        """Return a name that outlives titles, slugs, sections and http: a tag URI (RFC 4151)."""
        return tag_uri(item)

    def item_link(self, item: Any) -> str:
        return absolute(item.get_absolute_url())


def suffix(format: str) -> str:
    return "" if format == "rss" else f"{format}/"


def routes(pattern: str, feed: type[ConditionalFeed], name: str = "feed") -> list[URLPattern]:
    """Return the addresses of a feed: <pattern>feed/, feed/atom/ and feed/json/.

    Their names are `name`, `name`_atom and `name`_json.
    """
    return [
        re_path(
            rf"{pattern}feed/{suffix(format)}$",
            lives(one.canonical)(read_only(one)),
            name=name if format == "rss" else f"{name}_{format}",
        )
        for format in FORMATS
        for one in [feed(format)]
    ]


def tag_uri(item: Model) -> str:
    """Return "tag:www.example.org,2012:article-4"."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2012:{item._meta.model_name}-{item.pk}"


# --- HTML that leaves the site ---

PORTABLE_ATTRIBUTES = {tag: names - {"id", "class"} for tag, names in ATTRIBUTES.items()}


def portable_html(html: str, page: str) -> str:
    """Return HTML of ours that stands on its own.

    Its addresses are whole, and it has none of the classes and labels of our pages.
    """

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name not in {"href", "src"}:
            return value
        return (
            f"{page}{value}"
            if value.startswith("#")
            else f"{settings.SITE_URL}{value}"
            if value.startswith("/")
            else value
        )

    return sanitised(
        html, tags=TAGS, attributes=PORTABLE_ATTRIBUTES, attribute_filter=attribute, link_rel=None
    )
