"""Publishing and withdrawing from the admin, one article from its form, several from the list; and
a copy to begin another one with.

The rules are in `articles/publishing/`; here is what the editor is asked and told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import publishing
from articles.admin.forms import ReasonForm
from articles.models import Article
from articles.revisions import duplicating
from authors.accounts import user_of
from lib import bulk
from lib.refused import Refused

Status = Article.Status

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Article]


class Duplicates(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    def get_urls(self) -> list[URLPattern]:
        wrapped = self.admin_site.admin_view(self.duplicate)
        own = path("<int:pk>/dupliquer/", wrapped, name="articles_article_duplicate")
        return [own, *super().get_urls()]

    def duplicate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Copy the article into a new draft and open its form."""
        article = get_object_or_404(Article, pk=pk)
        if not (self.has_add_permission(request) and self.has_view_permission(request, article)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
        copy = duplicating.duplicate(article, actor=user_of(request))
        self.log_addition(request, copy, [{"added": {}}])
        messages.success(request, _t("Voici la copie, en rédaction : l’original reste tel quel."))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[copy.pk]))


def publish(request: HttpRequest, article: Article) -> None:
    """Publish it and tell the editor how that went."""
    try:
        publishing.publish(article, actor=user_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    say_online(request, article, _t("L’article est publié."))


def say_online(request: HttpRequest, article: Article, said: str) -> None:
    """Tell the editor what readers see now, with the way there."""
    link = '{} <a href="{}">{}</a>'
    address, words = article.get_absolute_url(), _t("Voir sur le site")
    messages.success(request, format_html(link, said, address, words))


def ask_to_withdraw(
    model_admin: Admin, request: HttpRequest, articles: Sequence[Article], *, back: str
) -> HttpResponse:
    """Ask for the reason, then take the articles away from readers and go `back`."""
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if form.is_valid():
        _withdraw(request, articles, form.cleaned_data["reason"])
        return HttpResponseRedirect(back)
    preview = bulk.sorted_out(articles, lambda one: publishing.why_not(one, Status.WITHDRAWN))
    title, button = _t("Retirer de la publication"), _t("Retirer")
    return bulk.ask(request, model_admin, preview, title=title, button=button, form=form, back=back)


def _withdraw(request: HttpRequest, articles: Iterable[Article], reason: str) -> None:
    actor = user_of(request)

    def withdraw(article: Article) -> None:
        publishing.withdraw(article, actor=actor, reason=reason)

    if done := _each(request, articles, withdraw):
        said = ngettext("%(n)s article retiré.", "%(n)s articles retirés.", done)
        messages.success(request, said % {"n": done})


@admin.action(description=_("Publier…"), permissions=["publish"])
def publish_selected(
    model_admin: Admin, request: HttpRequest, chosen: QuerySet[Article]
) -> HttpResponse | None:
    """Say which would be published, which not and why, then do so."""
    if bulk.are_too_many(request, chosen):
        return None
    if not bulk.is_agreed(request):
        preview = bulk.sorted_out(chosen, lambda one: publishing.why_not(one, Status.PUBLISHED))
        title, button = _t("Publier des articles"), _t("Publier")
        return bulk.ask(request, model_admin, preview, title=title, button=button)
    actor = user_of(request)
    if done := _each(request, chosen, lambda article: publishing.publish(article, actor=actor)):
        said = ngettext("%(n)s article publié.", "%(n)s articles publiés.", done)
        messages.success(request, said % {"n": done})
    return None


@admin.action(description=_("Retirer…"), permissions=["publish"])
def withdraw_selected(
    model_admin: Admin, request: HttpRequest, chosen: QuerySet[Article]
) -> HttpResponse | None:
    if bulk.are_too_many(request, chosen):
        return None
    return ask_to_withdraw(model_admin, request, list(chosen), back=request.get_full_path())


def _each(
    request: HttpRequest, articles: Iterable[Article], move: Callable[[Article], None]
) -> int:
    """Do it to each; say what was refused and return how many were done."""
    done = 0
    for article in articles:
        try:
            move(article)
            done += 1
        except Refused as refusal:
            messages.error(request, f"{article} : {refusal}")
    return done
