"""The three formats of a feed: RSS 2.0, Atom 1.0 and JSON Feed 1.1.

All have the whole text and the date of the last correction. Items bring, beside what Django's own
generators know, `content` (whole HTML) and `media` (a picture, or None).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, TextIO, TypedDict

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date

# the date of a feed that has never had anything in it
EMPTY_SINCE = datetime(2012, 1, 1, tzinfo=UTC)


class Media(TypedDict):
    url: str
    type: str
    width: int
    height: int
    alt: str
    credit: str


class _Dated(SyndicationFeed):
    """A feed without entries keeps one date: it must not look new each time it is asked for."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EMPTY_SINCE


class RssFeed(_Dated, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("content:encoded", item["content"])
        add_media(handler, item["media"])


class AtomFeed(_Dated, Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:media": "http://search.yahoo.com/mrss/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})
        add_media(handler, item["media"])


def add_media(handler: Any, media: Media | None) -> None:
    if media is None:
        return
    size = {"width": str(media["width"]), "height": str(media["height"])}
    handler.startElement(
        "media:content", {"url": media["url"], "type": media["type"], "medium": "image", **size}
    )
    for name, text in (("media:description", media["alt"]), ("media:credit", media["credit"])):
        if text:
            handler.addQuickElement(name, text)
    handler.endElement("media:content")


class JsonFeed(_Dated):
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/"""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: TextIO, encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["subtitle"],
            "language": self.feed["language"],
            "items": [self._item(item) for item in self.items],
        }
        outfile.write(
            json.dumps(
                {name: value for name, value in feed.items() if value not in (None, "")},
                ensure_ascii=False,
            )
        )

    @staticmethod
    def _item(item: dict[str, Any]) -> dict[str, Any]:
        author = {"name": item["author_name"], "url": item["author_link"]}
        fields = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["summary"],
            "content_html": item["content"],
            "image": item["media"]["url"] if item["media"] else None,
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": [{name: value for name, value in author.items() if value}],
            "tags": list(item["categories"]) or None,
        }
        return {name: value for name, value in fields.items() if value not in (None, "")}


FORMATS: dict[str, type[SyndicationFeed]] = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}
TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
