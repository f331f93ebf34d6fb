"""What a valid form of an article writes.

Of a published one only what is not text is written into its row, at once; the text is kept as its
working version. Everything of any other article is written, and kept as a version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles import changes, publishing
from articles.admin.forms import ArticleForm
from articles.models import Article, Revision, Source
from articles.revisions import versions
from articles.revisions.sources import row_of, write_sources
from authors.accounts import user_of
from pictures import renditions
from pictures.models import Picture
from taxonomy.models import Tag

if TYPE_CHECKING:
    from django.http import QueryDict

NOT_TEXT = {"section", "slug", "care_card", "is_sensitive", "is_help", "comments_open"}


def save_rows(request: HttpRequest, article: Article, form: ArticleForm, *, change: bool) -> None:
    """Write the row of the article, and log where it now stands and whose it is."""
    if not change:
        article.save()
        return
    former = _row(article)
    author, new_slug = article.author, form.cleaned_data.get("new_slug")
    if former.is_published:
        row = _write_at_once(article, NOT_TEXT & set(form.changed_data))
    else:
        article.author = former.author  # `reassign` moves it, with the counters of both
        if new_slug and article.slug:
            article.slug = article.slug_from_title()
        article.save()
        article.save(update_fields=["slug"])  # a plain save leaves it
        row = article
    publishing.log_place(row, former=former, actor=user_of(request))
    if author != former.author:
        publishing.reassign(row, author=author, actor=user_of(request))


def _row(article: Article) -> Article:
    return Article.objects.select_related("author", "section").get(pk=article.pk)


def _write_at_once(article: Article, fields: set[str]) -> Article:
    """Write what is not text, and return the row as readers see it: `article` has the text that
    they do not, which nobody may hear of."""
    row = _row(article)
    for name in fields:
        setattr(row, name, getattr(article, name))
    if fields:
        row.save(update_fields=[*fields, "updated_at"])
    return row


def save_text(request: HttpRequest, form: ArticleForm, sources: list[Source]) -> Revision | None:
    """Keep the text of the form as a version; return it, None if it is the same as the last one."""
    article, names = form.instance, form.cleaned_data["keywords"]
    with transaction.atomic():
        if not article.is_published:
            article.tags.set(Tag.objects.named(names))
            write_sources(article, [row_of(source) for source in sources])
            changes.text_replaced.announce(article)
        content = versions.snapshot(article, Tag.objects.named_unsaved(names), sources)
        return versions.record(article, actor=user_of(request), content=content)


def keep_upload(request: HttpRequest, form: ArticleForm) -> None:
    """Choose the picture that came with a refused form: a browser sends no file twice by itself.

    Without a credit it does not come into the library; the file has to be chosen again.
    """
    data = getattr(form, "cleaned_data", {})
    if not (form.errors and data.get("upload") and data.get("upload_credit")):
        return
    picture = stored_upload(request, data)
    form.data = cast("QueryDict", form.data).copy()
    form.data["lead_image"] = str(picture.pk)
    for name in ("upload_alt", "upload_credit"):
        form.data[name] = ""
    messages.info(request, _("L’image envoyée est dans la bibliothèque et choisie en tête."))


def stored_upload(request: HttpRequest, data: dict[str, Any]) -> Picture:
    return renditions.store(
        data["upload"].cleaned,
        alt=data["upload_alt"],
        credit=data["upload_credit"],
        licence=data["upload_licence"] or Picture.Licence.ALL_RIGHTS,
        actor=user_of(request),
    )
