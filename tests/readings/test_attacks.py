"""What one network, one visitor or a forger can do to counts and lists: nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from readings.beacon import queue, recording
from readings.beacon.beacons import Beacon
from readings.models import AlsoViewed, Reading
from readings.recommendations import building
from tests.factories import make_article, make_section
from tests.readings.readers import count, readers_of, send, shown, tell


def organic(site):
    """Enough honest reading that lists come from it."""
    for n, other in enumerate(site[1:4]):
        readers_of([site[0], other], 4, first=1000 + 10 * n, minutes_ago=300)


def in_any_list(target):
    return AlsoViewed.objects.filter(neighbour=target, source__in=["READINGS", "NOW"]).exists()


@pytest.fixture
def target(site):
    return make_article(
        title="La cible",
        section=make_section("Ailleurs"),
        published_at=timezone.now() - timedelta(days=400),
    )


def write(beacons):
    for start in range(0, len(beacons), queue.BATCH):
        recording.write(beacons[start : start + queue.BATCH])


def test_ten_thousand_refreshes_by_one_visitor_are_one_reading(client, site, target, monkeypatch):
    organic(site)
    told = []
    with monkeypatch.context() as patch:
        patch.setattr(queue.queue, "put", told.append)
        for article in (site[0], target):
            tell(client, article)
    write(told * 5000)
    building.build_lists()
    assert len(told) == 2
    assert count(target) == 1
    assert not in_any_list(target)


def test_a_hundred_visits_from_one_network_move_no_list_and_a_count_by_its_cap(
    client, site, target, settings
):
    organic(site)
    for n in range(100):
        for article in (site[0], target):
            tell(client, article, ip=f"203.0.113.{n}")
    building.build_lists()
    assert count(target) <= settings.READINGS_PER_NETWORK_ARTICLE
    assert not in_any_list(target)
    assert target not in shown(site[0])


def test_one_network_that_comes_back_for_days_makes_no_pair(site, target):
    organic(site)
    for day in range(3):
        for n in range(5):
            at = timezone.now() - timedelta(hours=20 * day, minutes=5)
            for article in (site[0], target):
                queue.queue.put(Beacon("read", article.pk, day * 100 + n, 42 + day, at))
    building.build_lists()
    assert not in_any_list(target)


def test_visitor_who_reads_five_thousand_articles_moves_no_list(site, target):
    organic(site)
    now = timezone.now()
    others = [make_article().pk for _n in range(40)]
    write(
        [
            Beacon("read", article, 7, 7, now + timedelta(seconds=n))
            for n, article in enumerate([site[0].pk, target.pk, *others, *range(10_000, 14_958)])
        ]
    )
    building.build_lists()
    assert not in_any_list(target)
    assert Reading.objects.filter(visitor=7).count() == len(others) + 2
    assert count(target) <= 1


def test_forged_ids_and_times_do_nothing(client, site, target):
    draft = make_article(published=False)
    organic(site)
    before = Reading.objects.count()
    for n in range(10):
        for forged in (draft.pk, 10**15, 2**63 - 1):
            tell(client, forged, number=n)
        fields = {"act": "read", "article": target.pk, "ts": 10**12, "visit": "1", "visitor": "1"}
        send(client, fields, REMOTE_ADDR="203.0.113.1", headers={"user-agent": "x y"})
    assert Reading.objects.count() == before + 1
    assert Reading.objects.latest("id").read_at <= timezone.now()
    building.build_lists()
    assert not AlsoViewed.objects.filter(neighbour=draft).exists()
    assert not in_any_list(target)


def test_counters_equal_their_recount_after_all_that(client, site, target, capsys):
    organic(site)
    for n in range(100):
        tell(client, target, ip=f"203.0.113.{n}")
    building.build_lists()
    call_command("recount", "--check")
    assert "recount: 0 differences" in capsys.readouterr().out
