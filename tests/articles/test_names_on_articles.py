"""A name may stand on thousands of articles: a request brings a few of them up to date, jobs the
others, in both indexes."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from articles import changes, merging
from finding import index as finding
from search import index
from search.models import SearchWord
from sharing import pictures
from taxonomy.models import Tag
from tests.factories import make_article, make_author

pytestmark = pytest.mark.django_db
FEW = 3


def rename_author(author, _tags):
    author.pseudonym = "Belladone"
    author.save()


def rename_keyword(_author, tags):
    tags[0].name = "carence"
    tags[0].save()


def delete_keyword(_author, tags):
    tags[0].delete()


def delete_keywords(_author, tags):
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()


def merge_keywords(_author, tags):
    merging.merge(tags[1:], into=tags[0])


CHANGES = [rename_author, rename_keyword, delete_keyword, delete_keywords, merge_keywords]


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch):
    monkeypatch.setattr(changes, "AT_ONCE", FEW)
    monkeypatch.setattr(pictures, "FEW", FEW)


def make_articles(many):
    """Return an author and three keywords of so many articles; every fourth is a draft, every
    third has all of the keywords."""
    author, tags = make_author(role="WRITER"), Tag.objects.named(["pollen", "rhume", "toux"])
    for n in range(many):
        article = make_article(author=author, published=n % 4 > 0)
        article.tags.set(tags if n % 3 == 0 else [tags[n % 3]])
        index.index(article)
    author.refresh_from_db()
    return author, tags


def behind():
    """Return how many entries of each index say something else than their rows."""
    public = index.rebuild(check=True)
    return public.added + public.changed + public.removed, sum(finding.rebuild(check=True))


@pytest.fixture
def batches():
    """Return the ids that are announced, a list for each time."""
    told = []

    def note(subject, **_):
        told.append(subject)

    changes.names_changed.signal.connect(note)
    yield told
    changes.names_changed.signal.disconnect(note)


@pytest.mark.parametrize("change", CHANGES)
def test_both_indexes_follow_after_the_commit_few_articles_at_a_time(
    change, batches, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(changes, "IN_ONE_JOB", 4)
    author, tags = make_articles(16)
    with django_capture_on_commit_callbacks(execute=True):
        change(author, tags)
        assert batches == []  # readers who rate lock an article first, then its author
    told = sum(batches, [])
    assert told == sorted(set(told), reverse=True)
    assert max(map(len, batches)) == FEW
    assert behind() == (0, 0)


@pytest.mark.parametrize("change", CHANGES)
def test_request_costs_the_same_on_few_articles_and_on_many(
    change, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    costs = []
    for many in (4 * FEW, 8 * FEW):
        author, tags = make_articles(many)
        with (
            CaptureQueriesContext(connection) as queries,
            django_capture_on_commit_callbacks(execute=True),
        ):
            change(author, tags)
        costs.append(len(queries))
        assert DBTaskResult.objects.count() == 1
        for rows in (author.articles, SearchWord.objects, Tag.objects, DBTaskResult.objects):
            rows.all().delete()
        author.delete()
    assert costs[0] == costs[1]


def test_jobs_bring_what_stands_then_whatever_has_gone_meanwhile(
    django_capture_on_commit_callbacks,
):
    author, tags = make_articles(9)
    with django_capture_on_commit_callbacks(execute=True):
        rename_author(author, tags)
        author.articles.earliest("pk").delete()
        author.pseudonym = "Digitale"
        author.save()
    assert behind() == (0, 0)


def test_what_a_dead_job_leaves_is_mended(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        rename_author(*make_articles(9))
    [newest] = [one for one in waiting if getattr(one, "func", 0) is changes.announce_later.func]
    newest()
    assert behind() == (4, 6)
    call_command("rebuild_search")
    assert behind() == (0, 0)


def test_articles_are_locked_while_their_words_are_read():
    article = make_article()
    with CaptureQueriesContext(connection) as queries:
        changes.announce_later.func([article.pk])
    reads = [one["sql"] for one in queries if '"articles_article"."body"' in one["sql"]]
    assert len(reads) == 2
    locks = connection.features.has_select_for_update  # SQLite lets one transaction write at a time
    assert ["FOR NO KEY UPDATE" in sql for sql in reads] == [locks, locks]
