"""Articles in the admin: what editors do all day."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from articles.admin import filters, live, moves, notices, preview, saving
from articles.admin.columns import ArticleColumns
from articles.admin.forms import ArticleForm
from articles.admin.pages import ArticlePages, form_address
from articles.admin.sources import SourceFormSet, SourceInline
from articles.models import Article, ArticleDecision, Source
from articles.revisions import versions
from care.after_sending import say_whom_to_call
from editing.admin import EditedAdmin
from finding.lists import FoundByWords
from lib.admin import ReadOnlyInline
from lib.prose import importmap_hash, say_losses
from lib.text import plain_text
from lib.web.csp import allow
from pictures.fields import PictureChoice


class DecisionInline(ReadOnlyInline):
    model = ArticleDecision
    fields = readonly_fields = (
        *("decided_at", "kind", "from_status", "to_status"),
        *("note", "reason", "actor"),
    )
    verbose_name_plural = _("Journal")


UPLOAD = ("upload", "upload_alt", ("upload_credit", "upload_licence"))
SETTINGS = ("comments_open", ("slug", "new_slug"))
DATES = ("shown_status", "published_at", "modified_at")
NUMBERS = ("shown_rating", "comments_count", "readings_count")


@admin.register(Article)
class ArticleAdmin(FoundByWords, moves.Duplicates, ArticleColumns, ArticlePages, EditedAdmin):
    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    inlines = [SourceInline, DecisionInline]
    list_display = [
        "title",
        "shown_status",
        "section",
        "shown_author",
        "created_on",
        "published_on",
        "reactions",
        "votes",
    ]
    list_filter = [
        *("status", filters.VersionFilter, filters.SectionFilter),
        *(*filters.TYPED, filters.GapFilter),
    ]
    list_select_related = ["section", "author"]
    search_help_text = _(
        "Des mots du texte, des mots-clés, de l’auteur, ou le début d’un mot du titre ; "
        "au plus les 2 000 plus récents."
    )
    autocomplete_fields = ["author", "section", "lead_image"]
    actions = [moves.publish_selected, moves.withdraw_selected]
    fieldsets = [
        (
            _("Place et titre"),
            {"fields": [("section", "author"), "kicker", "title", "subtitle", "standfirst"]},
        ),
        (_("Texte"), {"fields": ["body", "signature"]}),
        (_("Image de tête"), {"fields": ["lead_image", "lead_caption", *UPLOAD]}),
        (_("Mots-clés et intérêts"), {"fields": ["keywords", ("interests", "interests_detail")]}),
        (
            _("Aide et prudence"),
            {"fields": ["care_card", ("is_sensitive", "is_help"), "shown_proposals"]},
        ),
        (_("Réglages"), {"fields": SETTINGS, "classes": ["collapse"]}),
        (_("État"), {"fields": [DATES, NUMBERS]}),
    ]
    readonly_fields = [*DATES, *NUMBERS, "shown_proposals"]

    class Media:
        css = {"all": ["css/admin/editor.css"]}
        js = [
            Script(f"js/admin/{name}.js", type="module")
            for name in ("editor/label", "tag-suggestions")
        ]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Return the article with the text that was saved last, which readers may not see yet."""
        article: Article | None = super().get_object(request, object_id, from_field)
        if article is not None:
            versions.load_working(article)
        return article

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "lead_image":
            kwargs["widget"] = PictureChoice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, article: Article, form: ArticleForm, change: bool
    ) -> None:
        if _is_only_shown(request, change):
            return
        if form.cleaned_data.get("upload"):
            article.lead_image = saving.stored_upload(request, form.cleaned_data)
        saving.save_rows(request, article, form, change=change)
        say_losses(request, form)

    def save_related(
        self, request: HttpRequest, form: ArticleForm, formsets: Any, change: bool
    ) -> None:
        if _is_only_shown(request, change):
            _keep_for_preview(form, formsets)
            return
        super().save_related(request, form, formsets, change)
        article = form.instance
        article.made_version = bool(saving.save_text(request, form, _sources(formsets)))
        if article.made_version:
            head = (article.kicker, article.title, article.subtitle, article.standfirst)
            say_whom_to_call(request, " . ".join([*head, plain_text(article.body)]))

    def log_change(self, request: HttpRequest, article: Article, message: Any) -> Any:
        if _is_only_shown(request, change=True):
            return None
        return super().log_change(request, article, message)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id and notices.is_sent(request):
            return self.notice_sent(request, object_id)
        response: HttpResponse
        if _is_only_shown(request, change=object_id is not None):
            # around the transaction in which Django lets a form be saved: it is the write lock
            show = self._changeform_view  # type: ignore[attr-defined]  # the stubs leave it out
            response = show(request, object_id, form_url, extra_context)
        else:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if isinstance(response, TemplateResponse):
            return allow(response, script_src=[importmap_hash()])
        return response

    def response_change(self, request: HttpRequest, article: Article) -> HttpResponse:
        if _is_only_shown(request, change=True):
            return render(request, "articles/article_detail.html", article.preview_context)
        self.forget_typed(request)
        if "_publish" in request.POST:
            self._publish(request, article)
            return HttpResponseRedirect(form_address(article))
        if "_replace" in request.POST:
            return self._replace(request, article)
        if article.made_version and article.has_working_version:
            said = _t("Version %(n)s enregistrée : les lecteurs la verront une fois mise en ligne.")
            messages.success(request, said % {"n": article.last_version})
            return HttpResponseRedirect(form_address(article))
        return super().response_change(request, article)

    def response_add(
        self, request: HttpRequest, article: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        self.forget_typed(request)
        if "_publish" in request.POST:
            self._publish(request, article)
            return HttpResponseRedirect(form_address(article))
        if "_preview" in request.POST:
            page = reverse("admin:articles_article_preview", args=[article.pk])
            return HttpResponseRedirect(page)
        return super().response_add(request, article, post_url_continue)

    def _publish(self, request: HttpRequest, article: Article) -> None:
        if self.has_publish_permission(request):
            moves.publish(request, article)
            return
        refusal = _t("Vous n’avez pas le droit de publier : l’article est enregistré.")
        messages.error(request, refusal)

    def _replace(self, request: HttpRequest, article: Article) -> HttpResponse:
        if self.has_publish_permission(request):
            return live.replace_saved(self, request, article, back=form_address(article))
        refusal = _t("Vous n’avez pas le droit de publier : la version est enregistrée.")
        messages.error(request, refusal)
        return HttpResponseRedirect(form_address(article))

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What has been public is withdrawn, not deleted; the list deletes nothing."""
        if obj is None or obj.published_at:
            return False
        return super().has_delete_permission(request, obj)


def _is_only_shown(request: HttpRequest, change: bool) -> bool:
    """Tell whether a known article was sent to be looked at; a new one is saved first.

    Django takes `_saveasnew` for a new article, at the address of a known one.
    """
    return change and "_preview" in request.POST and "_saveasnew" not in request.POST


def _keep_for_preview(form: ArticleForm, formsets: Any) -> None:
    """Put what the page takes on the unsaved article, the one thing that reaches the answer."""
    for formset in formsets:
        formset.save(commit=False)  # Django names what it would change before it answers
    form.instance.preview_context = preview.unsaved_context(form, _sources(formsets))


def _sources(formsets: Any) -> list[Source]:
    rows = next(formset for formset in formsets if isinstance(formset, SourceFormSet))
    return rows.in_order()
