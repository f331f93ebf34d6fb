"""How an article is shared."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from articles.models import Article
from lib.web.addresses import absolute

register = template.Library()


@register.filter
def shared_picture(article: Article) -> dict[str, Any] | None:
    """Return what other sites show with the article: its share picture, or the lead picture before
    that is drawn."""
    picture = getattr(article, "share_picture", None)
    if picture:
        return {
            "url": absolute(picture.file.url),
            "type": "image/png",
            "width": picture.WIDTH,
            "height": picture.HEIGHT,
            "alt": article.title,
        }
    if article.lead_image is None:
        return None
    url, width, height = article.lead_image.medium_rendition()
    return {
        "url": absolute(url),
        "type": article.lead_image.media_type,
        "width": width,
        "height": height,
        "alt": article.lead_image.alt,
    }


@register.inclusion_tag("sharing/_share.html", takes_context=True)
def share(context: RequestContext, article: Article, address: str) -> dict[str, Any]:
    """Draw the ways to share that the site's settings choose, and the ways to follow."""
    magazine = context["magazine"]
    return {
        "article": article,
        "address": address,
        "links": magazine.share_links(article.title, address),
        "followed_at": magazine.followed_at,
    }
