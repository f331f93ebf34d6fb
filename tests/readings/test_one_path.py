"""The command that measures the lists and the site that serves them make the same ones."""

import csv
import random
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from readings.models import AlsoViewed, Reading
from readings.recommendations import building
from taxonomy.models import Tag
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db

NOW = 1_700_100_000
KEYWORDS = ["ronflement", "vaccin", "marche"]


def library(chance):
    """Make thirty articles of four subjects, one of them with a section of its own."""
    sections = [make_section(f"Rubrique {n}") for n in range(3)]
    articles = []
    for n in range(30):
        published = datetime.fromtimestamp(NOW - chance.choice([50, 5, 1]) * 3600 * (n + 1), UTC)
        section = make_section("Ailleurs") if n == 29 else chance.choice(sections)
        article = make_article(section=section, published_at=published)
        article.tags.set(Tag.objects.named(chance.sample(KEYWORDS, chance.randint(0, 2))))
        articles.append(article)
    return articles


def visits(chance, articles, number):
    """Yield rows (visit, article, Unix seconds): short, long, silent and simultaneous ones.

    Half of the articles are read by hardly anybody.
    """
    usual = [article.pk for article in articles[:15]]
    for visit in range(number):
        at = NOW - chance.randint(1, 40 * 3600)
        length = chance.choice([1, 2, 3, 5, 24, 28]) if visit % 10 == 0 else chance.randint(1, 4)
        pool = [article.pk for article in articles] if visit % 10 == 0 else usual
        path = chance.sample(pool, min(length, len(pool)))
        for pk in path:
            yield visit, pk, at
            at += chance.choice([0, 15, 15, 600, 1801])


def write_readings(rows):
    Reading.objects.bulk_create(
        Reading(
            visitor=visit,
            visit=0,
            network=visit,
            article_id=pk,
            read_at=datetime.fromtimestamp(at, UTC),
        )
        for visit, pk, at in rows
    )


def write_files(folder, rows, articles):
    with (folder / "train.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("session", "article", "ts"), *rows])
    with (folder / "articles.csv").open("w", newline="") as file:
        header = ("article", "section", "published", "keywords")
        csv.writer(file).writerows(
            [
                header,
                *(
                    (
                        article.pk,
                        article.section_id,
                        article.published_at.timestamp(),
                        ";".join(article.tags.names()),
                    )
                    for article in articles
                ),
            ]
        )
    (folder / "ids.txt").write_text("\n".join(str(article.pk) for article in articles))


def lists_of_the_command(folder, **options):
    call_command(
        "also_viewed",
        clicks=folder / "train.csv",
        queries=folder / "ids.txt",
        out=folder / "lists.csv",
        articles=folder / "articles.csv",
        cutoff=NOW,
        verbosity=0,
        **options,
    )
    with (folder / "lists.csv").open(newline="") as file:
        return [tuple(map(int, row)) for row in list(csv.reader(file))[1:]]


def lists_of_the_site():
    building.build_lists(now=datetime.fromtimestamp(NOW, UTC))
    rows = AlsoViewed.objects.exclude(article=None).order_by("article", "rank")
    return list(rows.values_list("article", "neighbour", "rank"))


@pytest.mark.parametrize(("seed", "number"), [(1, 0), (2, 12), (3, 60), (4, 250), (5, 250)])
def test_command_and_site_make_the_same_lists(tmp_path, settings, seed, number):
    settings.ALSO_VIEWED_WINDOW_HOURS = 30.0  # some of the readings are older
    chance = random.Random(seed)
    articles = library(chance)
    rows = [row for row in visits(chance, articles, number) if row[2] < NOW]
    write_readings(rows)
    write_files(tmp_path, rows, articles)
    served = lists_of_the_site()
    assert len(served) == 10 * len(articles)
    assert lists_of_the_command(tmp_path, window_hours=30.0) == served
    sources = set(AlsoViewed.objects.values_list("source", flat=True))
    assert sources >= ({"SUBJECT", "NEWEST"} if number < 60 else {"READINGS", "NOW", "SUBJECT"})


def test_command_and_site_do_not_differ_by_what_the_day_is_called(tmp_path):
    """What three networks read around midnight is known or not known in both."""
    articles = library(random.Random(6))
    midnight = NOW - NOW % 86_400
    for shift in (-7200, -3600, -1, 0, 3600):
        Reading.objects.all().delete()
        rows = [
            (visit, article.pk, midnight + shift + 1800 * (visit - 1) + place)
            for visit in range(3)
            for place, article in enumerate(articles[:2])
        ]
        write_readings(rows)
        write_files(tmp_path, rows, articles)
        assert lists_of_the_command(tmp_path, window_hours=720.0) == lists_of_the_site()
    assert timezone.get_default_timezone_name() == "Europe/Paris"
