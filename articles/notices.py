"""The warning above an article: set and taken away in one act, without a version of the text.

Each is one transaction: notice, flag of the article, log; the layers above hear of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from articles import changes
from articles.models import Article, ArticleDecision, UrgentNotice
from lib.refused import Refused

if TYPE_CHECKING:
    from authors.models import User

Kind = ArticleDecision.Kind


def issue(
    *, article: Article, kind: str, text: str, source: str = "", actor: User | None
) -> UrgentNotice:
    """Put the warning above a published article. Raises Refused."""
    if not text.strip():
        raise Refused(_("Écrivez ce que les lecteurs doivent savoir."))
    with transaction.atomic():
        locked = _locked(article)
        if not locked.is_published:
            raise Refused(_("Seul un article publié peut porter un avertissement."))
        if locked.notices.standing().exists():
            raise Refused(_("Un avertissement est déjà affiché : retirez-le d’abord."))
        notice = UrgentNotice.objects.create(
            article=locked, kind=kind, text=text, source=source, issued_by=actor
        )
        _log(notice, Kind.NOTICE, reason=notice.text, actor=actor)
        _mark(article, locked, has_notice=True)
    return notice


def end(notice: UrgentNotice, *, actor: User | None, reason: str) -> None:
    """Take the warning away from above its article, whatever the state of that. Raises Refused."""
    if not reason.strip():
        raise Refused(_("Dites pourquoi l’avertissement est retiré."))
    with transaction.atomic():
        locked = _locked(notice.article)
        standing = locked.notices.standing().filter(pk=notice.pk).first()
        if standing is None:
            raise Refused(_("Cet avertissement est déjà retiré."))
        notice.ended_at, notice.ended_by = timezone.now(), actor
        notice.save(update_fields=["ended_at", "ended_by"])
        _log(notice, Kind.NOTICE_END, reason=reason.strip(), actor=actor)
        _mark(notice.article, locked, has_notice=False)


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def _log(notice: UrgentNotice, kind: str, *, reason: str, actor: User | None) -> None:
    with override(settings.LANGUAGE_CODE):  # whoever reads the log
        note = str(notice.get_kind_display())
    ArticleDecision.objects.create(
        article_id=notice.article_id, kind=kind, note=note, reason=reason, actor=actor
    )


def _mark(article: Article, locked: Article, *, has_notice: bool) -> None:
    """Write the flag, on the caller's object too. The text was not saved: its date stays, and with
    it the entry of the article in feeds and sitemaps."""
    Article.objects.filter(pk=locked.pk).update(has_notice=has_notice)
    article.has_notice = locked.has_notice = has_notice
    changes.notice_changed.announce(locked)
