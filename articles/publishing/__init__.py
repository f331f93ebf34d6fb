"""The moves of an article between its states.

Each is one transaction: status, date, slug, log and counters; the layers above hear of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import changes, counters
from articles.models import Article, ArticleDecision
from articles.revisions import versions
from authors.models import Author
from lib.refused import Refused

if TYPE_CHECKING:
    from authors.models import User

Status, Kind = Article.Status, ArticleDecision.Kind

# From where an article may go where. The editorial desk adds its steps here.
MOVES: dict[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.SUBMITTED, Status.PUBLISHED}),
    Status.SUBMITTED: frozenset({Status.DRAFT, Status.PUBLISHED, Status.REJECTED}),
    Status.PUBLISHED: frozenset({Status.WITHDRAWN}),
    Status.REJECTED: frozenset({Status.DRAFT, Status.SUBMITTED}),
    Status.WITHDRAWN: frozenset({Status.PUBLISHED}),
}


def missing_to_publish(article: Article) -> list[str]:
    """Return what a reader would miss, in French, empty if the article may be published."""
    wanted = {_("le titre"): article.title, _("le texte"): article.body}
    return [str(name) for name, value in wanted.items() if not value]


def why_not(article: Article, status: str) -> str:
    """Return why the article, as it was read, could not be moved there; empty if it could."""
    if status == article.status:
        return _("L’article est déjà « %(now)s ».") % {"now": article.get_status_display()}
    if status not in MOVES[article.status]:
        refusal = _("Un article « %(now)s » ne peut pas devenir « %(wanted)s ».")
        return refusal % {"now": article.get_status_display(), "wanted": Status(status).label}
    return _what_is_missing(article) if status == Status.PUBLISHED else ""


def _what_is_missing(article: Article) -> str:
    refusal = _("Il manque %(what)s : complétez l’article avant de le publier.")
    missing = missing_to_publish(article)
    return refusal % {"what": ", ".join(missing)} if missing else ""


def publish(
    article: Article, *, actor: User | None, at: datetime | None = None, reason: str = ""
) -> None:
    """Put the article before readers, for the first time or again after a withdrawal.

    Raises Refused.
    """
    with transaction.atomic():
        locked = _move(article, Status.PUBLISHED, actor=actor, reason=reason)
        seen = versions.live(locked)
        shown = versions.go_live(locked, actor=actor)
        if refusal := _what_is_missing(locked):
            raise Refused(refusal)
        if locked.published_at and seen and seen.digest != shown.digest:
            locked.modified_at = timezone.now()
        locked.published_at = locked.published_at or at or timezone.now()
        locked.slug = locked.slug or locked.slug_from_title()
        _save(locked, article, "published_at", "modified_at", "slug", *Article.VERSION_FIELDS)
        counters.article_joined(locked, locked.author_id)
        changes.published.announce(locked)


def withdraw(article: Article, *, actor: User | None, reason: str) -> None:
    """Take a published article away from readers; its address then answers 410 with the reason.

    Raises Refused.
    """
    if not reason.strip():
        raise Refused(_("Dites pourquoi l’article est retiré : les lecteurs verront ce motif."))
    with transaction.atomic():
        locked = _move(article, Status.WITHDRAWN, actor=actor, reason=reason.strip())
        if not locked.live_version:  # so that it is known what readers saw
            versions.go_live(locked, actor=None)
        _save(locked, article)
        counters.article_left(locked, locked.author_id)
        changes.withdrawn.announce(locked)


def reassign(article: Article, *, author: Author, actor: User | None) -> None:
    """Give the article to another author; the counters of both follow, and the log says so."""
    with transaction.atomic():
        locked = (
            Article.objects.select_related("author")
            .select_for_update(no_key=True, of=("self",))
            .get(pk=article.pk)
        )
        if locked.is_published and locked.author_id != author.pk:
            # in the order of the ids, so that two opposite moves do not wait for each other
            for author_id in sorted({locked.author_id, author.pk}):
                if author_id == author.pk:
                    counters.article_joined(locked, author_id)
                else:
                    counters.article_left(locked, author_id)
        _log(article, Kind.AUTHOR, locked.author, author, actor)
        Article.objects.filter(pk=article.pk).update(author=author)
        article.author = author
        changes.author_changed.announce(article)


def log_place(article: Article, *, former: Article, actor: User | None) -> None:
    """Log a section or an address that differs from that of the `former` row.

    Call in the transaction of the change.
    """
    _log(article, Kind.SECTION, former.section, article.section, actor)
    _log(article, Kind.ADDRESS, former.slug, article.slug, actor)
    if (former.section_id, former.slug) != (article.section_id, article.slug):
        changes.moved.announce(article)


def _log(article: Article, kind: str, former: object, new: object, actor: User | None) -> None:
    if former != new:
        ArticleDecision.objects.create(
            article=article, kind=kind, note=f"{former or '–'} → {new or '–'}", actor=actor
        )


def mark_modified(article: Article) -> None:
    """Date the last change of a published text, which readers see as « modifié le »."""
    if article.is_published:
        article.modified_at = timezone.now()
        article.save(update_fields=["modified_at"])


def _move(article: Article, status: str, *, actor: User | None, reason: str) -> Article:
    locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    if refusal := why_not(locked, status):
        raise Refused(refusal)
    ArticleDecision.objects.create(
        article=locked, from_status=locked.status, to_status=status, actor=actor, reason=reason
    )
    locked.status = status
    return locked


def _save(locked: Article, article: Article, *fields: str) -> None:
    """Write the moved fields and show them on the caller's object too."""
    changed = ["status", *fields]
    locked.save(update_fields=changed)
    for field in changed:
        setattr(article, field, getattr(locked, field))
