"""The pages of an article in the admin beside its form: preview, publishing, versions."""

from __future__ import annotations

from copy import copy
from typing import Any, Protocol

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from articles.admin import history, links, live, moves, notices, preview, saving
from articles.models import Article, Correction, Revision
from articles.revisions import versions
from authors.accounts import user_of
from lib.admin import LargeAdmin
from lib.html.budget import TooLong
from taxonomy.models import Tag


class Permission(Protocol):
    def __call__(self, request: HttpRequest, obj: Article | None = None) -> bool: ...


class ArticlePages(LargeAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("mots-cles/", wrap(self.tag_names), name="articles_article_tag_names"),
            path("liens/", wrap(self.link_choice), name="articles_article_link_choice"),
            path("<int:pk>/apercu/", wrap(self.preview), name="articles_article_preview"),
            path("<int:pk>/publier/", wrap(self.publish), name="articles_article_publish"),
            path("<int:pk>/mettre-en-ligne/", wrap(self.replace), name="articles_article_replace"),
            path("<int:pk>/retirer/", wrap(self.withdraw), name="articles_article_withdraw"),
            path(
                "<int:pk>/versions/<int:number>/retablir/",
                wrap(self.restore),
                name="articles_article_restore",
            ),
        ]
        return own + super().get_urls()

    def tag_names(self, request: HttpRequest) -> JsonResponse:
        """Return the keywords in use that begin as what is being typed."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        return JsonResponse({"names": Tag.objects.suggested(request.GET.get("debut", ""))})

    def link_choice(self, request: HttpRequest) -> JsonResponse:
        """Return the articles that a text may lead to, for the editor's dialog."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return JsonResponse(links.proposed(request.GET.get("q", "")))

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the saved text as readers will see it."""
        article = find(pk, request, self.has_view_permission)
        return render(request, "articles/article_detail.html", preview.saved_context(article))

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = find(pk, request, self.has_publish_permission)
        if request.method == "POST":
            moves.publish(request, article)
        return HttpResponseRedirect(form_address(article))

    def replace(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what the working version changes, and put it online."""
        article = find(pk, request, self.has_publish_permission)
        return live.replace(self, request, article, back=form_address(article))

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = find(pk, request, self.has_publish_permission)
        return moves.ask_to_withdraw(self, request, [article], back=form_address(article))

    def restore(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        article = find(pk, request, self.has_change_permission)
        revision = get_object_or_404(article.revisions, number=number)
        if request.method == "POST":
            _restore(request, article, revision)
        return HttpResponseRedirect(form_address(article))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = find(_number(object_id), request, self.has_view_permission)
        context = {
            **self.admin_site.each_context(request),
            **history.context(request, article),
            "opts": self.opts,
            "may_change": self.has_change_permission(request, article),
        }
        return render(request, "admin/articles/article/history.html", context)

    def notice_sent(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Set or take away the warning, else show the form of the article again with the errors.

        The text of the article was not sent along: the page is drawn as if it were opened.
        """
        article = find(_number(object_id), request, self.has_publish_permission)
        sent_back = notices.carry_out(request, article)
        if not sent_back:
            return HttpResponseRedirect(form_address(article))
        again = copy(request)
        again.method = "GET"
        response = self.changeform_view(again, object_id, "", {"sent_back": sent_back})
        response.status_code = 422
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        saving.keep_upload(request, context["adminform"].form)
        if article := kwargs.get("obj"):
            context |= notices.panel(article, context.pop("sent_back", {}))
            context["may_publish"] = self.has_publish_permission(request)
            if article.is_published and context["may_publish"]:
                context["replace_form"] = live.ReplaceForm(initial={"kind": Correction.Kind.TYPO})
            if request.method == "GET":
                links.warn_of_withdrawn(request, article)
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def has_publish_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return request.user.has_perm("articles.publish_article")


def _restore(request: HttpRequest, article: Article, revision: Revision) -> None:
    try:
        restored = versions.restore(article, revision, actor=user_of(request))
    except TooLong as error:
        refusal = _("La version %(n)s n’est pas rétablie. %(why)s")
        messages.error(request, refusal % {"n": revision.number, "why": " ".join(error.messages)})
        return
    said = _("La version %(n)s est rétablie ; les autres restent dans l’historique.")
    messages.success(request, said % {"n": revision.number})
    if restored and article.is_published:
        messages.info(request, _("Les lecteurs la verront une fois mise en ligne."))


def _number(object_id: str) -> int:
    return int(object_id) if object_id.isdecimal() else 0


def find(pk: int, request: HttpRequest, is_allowed: Permission) -> Article:
    """Return the article that the user may see or change so; else 404 or 403."""
    known = Article.objects.select_related("author", "section", "lead_image")
    article = get_object_or_404(known, pk=pk)
    if not is_allowed(request, article):
        raise PermissionDenied
    return article


def form_address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])
