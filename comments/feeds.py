"""The reactions to one article, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.models import Article
from comments.models import Comment
from lib.feeds.conditional import FeedState, FeedSubject, portable_html
from lib.feeds.formats import EMPTY_SINCE
from lib.text import excerpt
from lib.web.addresses import absolute
from lib.writing.typography import typography, typography_html
from magazine.feeds import MagazineFeed

NEWEST = 50


class ReactionsFeed(MagazineFeed):
    """Five queries, four before an answer 304. What the moderation hides leaves the feed."""

    def find(self, section_path: str, slug: str, pk: str) -> Article:
        return get_object_or_404(Article.objects.published().for_lists(), pk=pk)

    def state(self, thing: Article) -> FeedState:
        found = (
            Comment.objects.visible()
            .filter(article=thing)
            .recent()
            .values_list("pk", "created_at", "edited_at", "author__pseudonym")[:NEWEST]
        )
        rows = list(found)
        last = (
            Comment.objects.filter(article=thing)
            .seen_by(None)
            .aggregate(
                written=Max("created_at"),
                edited=Max("edited_at"),
                decided=Max("decisions__decided_at"),
            )
        )
        return FeedState(
            rows,
            max(moment for moment in (*last.values(), thing.published_at, EMPTY_SINCE) if moment),
        )

    def path(self, thing: Article) -> str:
        return reverse("comments:feed", args=[thing.section.path, thing.slug, thing.pk])

    def title(self, subject: FeedSubject) -> str:
        return typography(_("Réactions à « %(title)s »") % {"title": subject.thing.title})

    def description(self, subject: FeedSubject) -> str:
        return _(
            "Les réactions sont des opinions de lecteurs."
            " Elles ne sont pas relues par des soignants."
        )

    def link(self, subject: FeedSubject) -> str:
        return absolute(subject.thing.get_absolute_url())

    def items(self, subject: FeedSubject) -> list[Comment]:
        found = Comment.objects.select_related("author").in_bulk(subject.state.ids)
        return [found[pk] for pk in subject.state.ids if pk in found]

    def item_title(self, comment: Comment) -> str:
        return typography(_("Réaction de %(name)s") % {"name": comment.shown_name})

    def item_description(self, comment: Comment) -> str:
        return str(escape(typography(excerpt(comment.text))))

    def item_pubdate(self, comment: Comment) -> datetime:
        return comment.created_at

    def item_updateddate(self, comment: Comment) -> datetime:
        return comment.edited_at or comment.created_at

    def item_author_name(self, comment: Comment) -> str:
        return comment.shown_name

    def item_author_link(self, comment: Comment) -> str | None:
        return absolute(comment.author.get_absolute_url()) if comment.author else None

    def item_extra_kwargs(self, comment: Comment) -> dict[str, Any]:
        html = portable_html(typography_html(comment.html), self.item_link(comment))
        return {"content": html, "summary": None, "media": None}
