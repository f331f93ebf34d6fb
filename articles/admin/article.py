"""Articles in the admin: what editors do all day."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from js_asset import Script

from articles import changes, publishing
from articles.admin import history, saved_forms
from articles.admin.filters import SectionFilter
from articles.admin.forms import ArticleForm, ReasonForm
from articles.admin.sources import SourceInline
from articles.models import Article, ArticleDecision
from articles.revisions import versions
from articles.views.pages import article_context
from lib.admin import LargeAdmin, ReadOnlyInline
from lib.prose import importmap_hash
from lib.refused import Refused
from lib.web.csp import allow
from pictures import renditions
from pictures.models import Picture
from taxonomy.models import Tag


def _is_only_shown(request: HttpRequest, change: bool) -> bool:
    """Tell whether the form of a known article was sent to be looked at; a new one is saved first."""
    return change and "_preview" in request.POST


class DecisionInline(ReadOnlyInline):
    model = ArticleDecision
    fields = readonly_fields = [
        "decided_at",
        "kind",
        "from_status",
        "to_status",
        "note",
        "reason",
        "actor",
    ]
    verbose_name_plural = _("Journal")


@admin.register(Article)
class ArticleAdmin(LargeAdmin):
    form = ArticleForm
    inlines = [SourceInline, DecisionInline]
    list_display = [
        "title",
        "shown_status",
        "section",
        "shown_author",
        "written_on",
        "published_on",
        "reactions",
        "votes",
    ]
    list_filter = ["status", SectionFilter]
    list_select_related = ["section", "author"]
    search_fields = ["title"]
    search_help_text = _("Cherche dans les titres.")
    autocomplete_fields = ["author", "section", "lead_image"]
    actions = ["publish_selected", "withdraw_selected"]
    fieldsets = [
        (
            _("Place et titre"),
            {"fields": [("section", "author"), "kicker", "title", "subtitle", "standfirst"]},
        ),
        (_("Texte"), {"fields": ["body", "signature"]}),
        (
            _("Image de tête"),
            {
                "fields": [
                    "lead_image",
                    "lead_caption",
                    "upload",
                    "upload_alt",
                    ("upload_credit", "upload_licence"),
                ]
            },
        ),
        (_("Mots-clés et intérêts"), {"fields": ["keywords", ("interests", "interests_detail")]}),
        (
            _("Réglages"),
            {
                "fields": ["comments_open", ("slug", "new_slug"), "base_version"],
                "classes": ["collapse"],
            },
        ),
        (
            _("État"),
            {
                "fields": [
                    ("shown_status", "published_at", "modified_at"),
                    ("shown_rating", "comments_count", "readings_count"),
                ]
            },
        ),
    ]
    readonly_fields = [
        "shown_status",
        "published_at",
        "modified_at",
        "shown_rating",
        "comments_count",
        "readings_count",
    ]

    class Media:
        css = {"all": ["css/admin/editor.css"]}
        js = [
            Script(f"js/admin/{name}.js", type="module")
            for name in ("editor-label", "tag-suggestions", "draft", "stock-widgets")
        ]

    @admin.display(description=_("état"), ordering="status")
    def shown_status(self, article: Article) -> str:
        return format_html(
            '<span class="status" data-status="{}">{}</span>',
            article.status,
            article.get_status_display(),
        )

    @admin.display(description=_("auteur"))
    def shown_author(self, article: Article) -> str:
        return format_html(
            '<a href="?author={}">{}</a>', article.author_id, article.author.pseudonym
        )

    @admin.display(description=_("créé le"), ordering="created_at")
    def written_on(self, article: Article) -> str:
        return date_format(localtime(article.created_at), "SHORT_DATE_FORMAT")

    @admin.display(description=_("publié le"), ordering="published_at")
    def published_on(self, article: Article) -> str:
        return (
            date_format(localtime(article.published_at), "SHORT_DATE_FORMAT")
            if article.published_at
            else "–"
        )

    @admin.display(description=_("réactions"), ordering="comments_count")
    def reactions(self, article: Article) -> int:
        return article.comments_count

    @admin.display(description=_("votes"), ordering="ratings_count")
    def votes(self, article: Article) -> int:
        return article.ratings_count

    @admin.display(description=_("note des lecteurs"))
    def shown_rating(self, article: Article) -> str:
        if not article.ratings_count:
            return _t("pas encore noté")
        return _t("%(mean).1f sur 5, votes : %(n)s") % {
            "mean": article.average_rating,
            "n": article.ratings_count,
        }

    # --- saving ---

    def save_model(
        self, request: HttpRequest, article: Article, form: ArticleForm, change: bool
    ) -> None:
        author = article.author
        former = (
            Article.objects.select_related("author", "section").get(pk=article.pk)
            if change
            else None
        )
        if former:
            article.author = former.author
        if form.cleaned_data.get("upload"):
            article.lead_image = (
                None
                if _is_only_shown(request, change)
                else self._stored_upload(request, form.cleaned_data)
            )
        if form.cleaned_data.get("new_slug") and article.slug:
            self._renew_slug(article)
        super().save_model(request, article, form, change)
        if change and {"slug", "new_slug"} & set(form.changed_data):
            article.save(update_fields=["slug"])
        if former:
            publishing.note_place(article, former=former, actor=request.user)
        if author != article.author:
            publishing.reassign(article, author=author, actor=request.user)

    @staticmethod
    def _stored_upload(request: HttpRequest, data: dict[str, Any]) -> Picture:
        picture, licence = (
            data["upload"].cleaned,
            data["upload_licence"] or Picture.Licence.ALL_RIGHTS,
        )
        return renditions.store(
            picture,
            alt=data["upload_alt"],
            credit=data["upload_credit"],
            licence=licence,
            actor=request.user,
        )

    @staticmethod
    def _renew_slug(article: Article) -> None:
        """The id decides which article an address means, so the old words lead to the new ones by themselves."""
        article.slug = article.slug_from_title()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_related(request, form, formsets, change)
            article = form.instance
            article.tags.set(Tag.objects.named(form.cleaned_data["keywords"]))
            changes.text_replaced.announce(article)
            if versions.record(article, actor=request.user) and change:
                publishing.mark_modified(article)

    # --- pages beside the form ---

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("mots-cles/", wrap(self.tag_names), name="articles_article_tag_names"),
            path("<int:pk>/apercu/", wrap(self.preview), name="articles_article_preview"),
            path("<int:pk>/publier/", wrap(self.publish), name="articles_article_publish"),
            path("<int:pk>/retirer/", wrap(self.withdraw), name="articles_article_withdraw"),
            path(
                "<int:pk>/versions/<int:number>/retablir/",
                wrap(self.restore),
                name="articles_article_restore",
            ),
        ]
        return own + super().get_urls()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        extra = {**(extra_context or {}), "saved_drafts": saved_forms.saved(request)}
        response = super().changeform_view(request, object_id, form_url, extra)
        return (
            allow(response, script_src=[importmap_hash()])
            if isinstance(response, TemplateResponse)
            else response
        )

    def response_change(self, request: HttpRequest, article: Article) -> HttpResponse:
        if _is_only_shown(request, change=True):
            return self._unsaved_preview(request, article)
        saved_forms.remember_saved(request)
        if "_publish" in request.POST:
            self._publish(request, article)
            return HttpResponseRedirect(self._page(article))
        return super().response_change(request, article)

    def response_add(
        self, request: HttpRequest, article: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        saved_forms.remember_saved(request)
        if "_publish" in request.POST:
            return self.response_change(request, article)
        if "_preview" in request.POST:
            return HttpResponseRedirect(
                reverse("admin:articles_article_preview", args=[article.pk])
            )
        return super().response_add(request, article, post_url_continue)

    def tag_names(self, request: HttpRequest) -> JsonResponse:
        """Return the keywords in use that begin as what is being typed."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        return JsonResponse({"names": Tag.objects.suggested(request.GET.get("debut", ""))})

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the saved text as readers will see it."""
        article = self._find(request, pk, self.has_view_permission)
        return render(
            request, "articles/article_detail.html", {**article_context(article), "preview": True}
        )

    @staticmethod
    def _unsaved_preview(request: HttpRequest, article: Article) -> HttpResponse:
        """Show what was sent as readers would see it, then take back all that was written: this is the transaction of `changeform_view`."""
        context = {
            **article_context(article),
            "preview": True,
            "unsaved": True,
            "upload": "upload" in request.FILES,
        }
        response = render(request, "articles/article_detail.html", context)
        transaction.set_rollback(True)
        return response

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._find(request, pk, self.has_publish_permission)
        if request.method == "POST":
            self._publish(request, article)
        return HttpResponseRedirect(self._page(article))

    def _publish(self, request: HttpRequest, article: Article) -> None:
        if not self.has_publish_permission(request):
            messages.error(
                request, _t("Vous n’avez pas le droit de publier : l’article est enregistré.")
            )
            return
        try:
            publishing.publish(article, actor=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                format_html(
                    '{} <a href="{}">{}</a>',
                    _t("L’article est publié."),
                    article.get_absolute_url(),
                    _t("Voir sur le site"),
                ),
            )

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, then take the article away from readers."""
        article = self._find(request, pk, self.has_publish_permission)
        return self._withdraw(request, [article], self._page(article))

    def _withdraw(self, request: HttpRequest, articles: list[Article], back: str) -> HttpResponse:
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            done = self._each(
                request,
                articles,
                lambda article: publishing.withdraw(
                    article, actor=request.user, reason=form.cleaned_data["reason"]
                ),
            )
            if done:
                messages.success(
                    request,
                    ngettext("%(n)s article retiré.", "%(n)s articles retirés.", done)
                    % {"n": done},
                )
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": _t("Retirer de la publication"),
            "form": form,
            "articles": articles,
            "back": back,
            "opts": self.opts,
        }
        return render(
            request,
            "admin/articles/article/withdraw.html",
            context,
            status=422 if form.errors else 200,
        )

    def restore(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        article = self._find(request, pk, self.has_change_permission)
        revision = get_object_or_404(article.revisions, number=number)
        if request.method == "POST":
            if versions.restore(article, revision, actor=request.user):
                publishing.mark_modified(Article.objects.get(pk=article.pk))
            messages.success(
                request,
                _t("La version %(n)s est rétablie ; les autres restent dans l’historique.")
                % {"n": number},
            )
        return HttpResponseRedirect(self._page(article))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self._find(
            request, int(object_id) if object_id.isdecimal() else 0, self.has_view_permission
        )
        context = {
            **self.admin_site.each_context(request),
            **history.context(request, article),
            "opts": self.opts,
            "may_change": self.has_change_permission(request, article),
        }
        return render(request, "admin/articles/article/history.html", context)

    def _find(self, request: HttpRequest, pk: int, allowed: Any) -> Article:
        article = get_object_or_404(
            Article.objects.select_related("author", "section", "lead_image"), pk=pk
        )
        if not allowed(request, article):
            raise PermissionDenied
        return article

    @staticmethod
    def _page(article: Article) -> str:
        return reverse("admin:articles_article_change", args=[article.pk])

    # --- actions on the list ---

    @admin.action(description=_("Publier"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, chosen: QuerySet[Article]) -> None:
        done = self._each(
            request, chosen, lambda article: publishing.publish(article, actor=request.user)
        )
        if done:
            messages.success(
                request,
                ngettext("%(n)s article publié.", "%(n)s articles publiés.", done) % {"n": done},
            )

    @admin.action(description=_("Retirer…"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse:
        return self._withdraw(request, list(chosen), request.get_full_path())

    @staticmethod
    def _each(request: HttpRequest, articles: Any, operation: Any) -> int:
        """Do it to each; say what was refused and return how many were done."""
        done = 0
        for article in articles:
            try:
                operation(article)
                done += 1
            except Refused as refusal:
                messages.error(request, f"{article} : {refusal}")
        return done

    # --- permissions ---

    def has_publish_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What has been public is withdrawn, not deleted; the list deletes nothing."""
        return (
            obj is not None
            and obj.published_at is None
            and super().has_delete_permission(request, obj)
        )
