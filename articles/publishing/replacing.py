"""The working version of a published text takes the place of the live one.

One transaction: the rows that readers see, the numbers of the versions, the correction, the log;
the layers above hear of it.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from articles import publishing
from articles.models import Article, ArticleDecision, Correction, Revision
from articles.revisions import versions
from articles.revisions.typos import more_than_typos
from lib.refused import Refused

if TYPE_CHECKING:
    from authors.models import User

Kind = Correction.Kind


def replace_live(
    article: Article,
    *,
    kind: str,
    words: str = "",
    actor: User | None,
    new_slug: bool = False,
    seen_version: int | None = None,
) -> Correction:
    """Put the last version of a published article before readers, with the kind of its change.

    A typo is silent; a precision or an error is told to readers in these `words`, and every kind
    but the typo dates the text. `seen_version`: the one that the editor has read; another one saved
    since is not put online. `new_slug`: the address is made anew from the title. Raises Refused.
    """
    words = words.strip()
    with transaction.atomic():
        locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        before, after = _both(locked, seen_version)
        _check(kind, words, before, after)
        after = versions.go_live(locked, actor=actor)
        if missing := publishing.missing_to_publish(locked):
            raise Refused(
                _("Il manque %(what)s : complétez l’article avant de le mettre en ligne.")
                % {"what": ", ".join(missing)}
            )
        if kind != Kind.TYPO:
            publishing.mark_modified(locked)
        if new_slug:
            former = copy(locked)
            locked.slug = locked.slug_from_title()
            locked.save(update_fields=["slug"])
            publishing.log_place(locked, former=former, actor=actor)
        correction = _write(locked, kind, words, before, after, actor)
    article.refresh_from_db()
    return correction


def _both(locked: Article, seen_version: int | None) -> tuple[Revision, Revision]:
    """Return the version that readers see and the one that is to come."""
    if not locked.is_published:
        raise Refused(_("Seul un article publié a une version en ligne à remplacer."))
    before, after = versions.live(locked), versions.latest(locked)
    if before is None or after is None or before.number == after.number:
        raise Refused(_("Les lecteurs voient déjà la dernière version."))
    if seen_version is not None and seen_version != after.number:
        raise Refused(
            _("La version %(number)s a été enregistrée entre-temps : relisez-la d’abord.")
            % {"number": after.number}
        )
    return before, after


def _check(kind: str, words: str, before: Revision, after: Revision) -> None:
    if kind == Kind.TYPO:
        if words:
            raise Refused(_("Une faute de frappe se corrige sans rien dire : effacez les mots."))
        if reasons := more_than_typos(before.content, after.content):
            raise Refused(
                _("Ce n’est pas une faute de frappe : %(why)s. Choisissez une autre nature.")
                % {"why": " ; ".join(map(str, reasons))}
            )
    elif kind in Correction.PUBLIC and not words:
        raise Refused(_("Dites aux lecteurs ce qui a changé."))
    elif kind not in Kind.values:
        raise Refused(_("Choisissez la nature du changement."))


def _write(
    locked: Article,
    kind: str,
    words: str,
    before: Revision,
    after: Revision,
    actor: User | None,
) -> Correction:
    correction = Correction.objects.create(
        article=locked,
        kind=kind,
        words=words,
        from_version=before.number,
        to_version=after.number,
        actor=actor,
    )
    if correction.is_told:
        locked.told_corrections = [correction.as_told, *locked.told_corrections][
            : Article.MOST_TOLD
        ]
        locked.save(update_fields=["told_corrections"])
    with override(settings.LANGUAGE_CODE):  # whoever reads the log
        note = gettext("%(kind)s, version %(before)s → %(after)s") % {
            "kind": correction.get_kind_display(),
            "before": before.number,
            "after": after.number,
        }
    ArticleDecision.objects.create(
        article=locked,
        kind=ArticleDecision.Kind.REPLACED,
        note=note,
        reason=words,
        actor=actor,
    )
    return correction
