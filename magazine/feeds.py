"""A feed that bears the magazine's name."""

from __future__ import annotations

from lib.feeds.conditional import ConditionalFeed
from magazine.models import SiteSettings


class MagazineFeed(ConditionalFeed):
    def magazine(self) -> SiteSettings:
        return SiteSettings.current()
