"""What can happen to what readers see of an article.

`lib/changes.py` says how it is announced and heard.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django_tasks import task

from articles.models import Article
from lib.changes import Change

AT_ONCE = 20  # articles in one transaction: long ones take both indexes half a second
IN_ONE_JOB = 500  # articles: a quarter of a minute, so that other jobs have their turn

published = Change[Article]()  # for the first time, or again after a withdrawal
withdrawn = Change[Article]()
# its words, keywords, sources or lead picture, in any state; all rows are saved
text_replaced = Change[Article]()
# the same words, drawn anew: a picture or the rules of the page have changed
rerendered = Change[Article]()
author_changed = Change[Article]()
moved = Change[Article]()  # another section or other words in the address
# another name of their author or of a keyword, or a keyword less, in any state; AT_ONCE of them or
# fewer
names_changed = Change[list[int]]()
notice_changed = Change[Article]()  # a warning above it now, or no longer
rated = Change[Article]()  # its counters of ratings: the row stands, or is gone


def announce_names(ids: Iterable[int]) -> None:
    """Announce after the commit that the names on these articles have changed: of the newest at
    once, of the others in jobs, as a name may stand on thousands.

    Before it, the lock of the author or keyword would be held while articles are locked; readers
    who rate take them the other way round. What dies on the way is mended by
    `manage.py rebuild_search`.
    """
    newest = sorted(ids, reverse=True)
    if now := newest[:AT_ONCE]:
        transaction.on_commit(partial(announce_later.func, now), robust=True)
    for start in range(AT_ONCE, len(newest), IN_ONE_JOB):
        later = partial(announce_later.enqueue, newest[start : start + IN_ONE_JOB])
        transaction.on_commit(later, robust=True)


@task(priority=-1)  # mails and pictures go first
def announce_later(ids: list[int]) -> None:
    """Safe to run twice: who hears it reads what stands then."""
    for start in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            names_changed.announce(ids[start : start + AT_ONCE])
