"""The warnings above articles, in one feed of the site."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.models import ArticleDecision, UrgentNotice
from lib.feeds.conditional import FeedState, FeedSubject, portable_html
from lib.feeds.formats import EMPTY_SINCE
from lib.text import excerpt
from lib.web.addresses import absolute
from lib.writing.typography import typography
from magazine.feeds import MagazineFeed

NEWEST = 50
SHOWN = ("pk", "issued_at", "ended_at", "article__updated_at", "article__section__path")


class NoticeFeed(MagazineFeed):
    """Four queries, of which three before an answer 304.

    A notice that has ended comes again under the same name and says so: whoever has read the
    warning learns that it stands no longer.
    """

    def state(self, thing: None) -> FeedState:
        rows = list(UrgentNotice.objects.public().values_list(*SHOWN)[:NEWEST])
        # what was withdrawn has left no row
        decided = ArticleDecision.objects.values_list("decided_at", flat=True).first()
        moments = [moment for row in rows for moment in row[1:4] if moment]
        return FeedState(rows, max([*moments, decided or EMPTY_SINCE]))

    def path(self, thing: None) -> str:
        return reverse("articles:notice_feed")

    def title(self, subject: FeedSubject) -> str:
        return typography(_("Avertissements de %(name)s") % {"name": subject.magazine.name})

    def description(self, subject: FeedSubject) -> str:
        return _("Médicaments rappelés, conseils changés : ce qu’il faut savoir avant de lire.")

    def link(self, subject: FeedSubject) -> str:
        return absolute("/")

    def items(self, subject: FeedSubject) -> list[UrgentNotice]:
        known = UrgentNotice.objects.select_related("article__section").defer(
            "article__body", "article__body_html", "article__headings"
        )
        found = known.in_bulk(subject.state.ids)
        notices = [found[pk] for pk in subject.state.ids if pk in found]
        for notice in notices:
            notice.magazine_name = subject.magazine.name
        return notices

    def item_link(self, notice: UrgentNotice) -> str:
        return absolute(notice.article.get_absolute_url())

    def item_title(self, notice: UrgentNotice) -> str:
        said = _("Avertissement : %(title)s")
        if notice.ended_at:
            said = _("Avertissement retiré : %(title)s")
        return typography(said % {"title": notice.article.title})

    def item_description(self, notice: UrgentNotice) -> str:
        return str(escape(typography(excerpt(notice.text))))

    def item_pubdate(self, notice: UrgentNotice) -> datetime:
        return notice.issued_at

    def item_updateddate(self, notice: UrgentNotice) -> datetime:
        return notice.ended_at or notice.issued_at

    def item_author_name(self, notice: UrgentNotice) -> str:
        return notice.magazine_name

    def item_author_link(self, notice: UrgentNotice) -> str:
        return absolute("/")

    def item_categories(self, notice: UrgentNotice) -> list[str]:
        return [notice.get_kind_display()]

    def item_extra_kwargs(self, notice: UrgentNotice) -> dict[str, Any]:
        html = render_to_string("articles/_feed_notice.html", {"notice": notice})
        content = portable_html(html, self.item_link(notice))
        return {"content": content, "summary": None, "media": None}
