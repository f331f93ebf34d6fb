"""How many readings one network may add, whatever number of visitors it invents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Count

from readings.beacon.beacons import Beacon
from readings.models import Reading


class Allowance:
    """What is left to each network: some readings a minute, and some of one article a day.

    Two queries.
    """

    def __init__(self, beacons: Sequence[Beacon]) -> None:
        of_networks = Reading.objects.filter(
            network__in={beacon.network for beacon in beacons}
        ).order_by()
        since = min((_minute(beacon.at) for beacon in beacons), default=None)
        recent = of_networks.filter(read_at__gte=since) if since else of_networks.none()
        self.minutes = Counter(
            (network, _minute(at)) for network, at in recent.values_list("network", "read_at")
        )
        of_articles = of_networks.filter(article__in={beacon.article for beacon in beacons})
        counts = of_articles.values_list("network", "article").annotate(Count("pk"))
        self.articles = Counter({(network, article): count for network, article, count in counts})

    def take(self, beacon: Beacon) -> bool:
        """Use some of it; False if nothing is left."""
        minute = beacon.network, _minute(beacon.at)
        article = beacon.network, beacon.article
        if (
            self.minutes[minute] >= settings.READINGS_PER_NETWORK_MINUTE
            or self.articles[article] >= settings.READINGS_PER_NETWORK_ARTICLE
        ):
            return False
        self.minutes[minute] += 1
        self.articles[article] += 1
        return True


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
