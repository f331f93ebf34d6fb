"""Readers react: write, preview, edit, take back, report."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.models import Article
from articles.views import places
from authors.models import Author
from care.after_sending import offer_help
from comments import drafts, moderation, posting
from comments.forms import CommentForm, EditForm, ReportForm
from comments.models import Comment, Report
from comments.threads import answered, page_query
from lib.paging import page_of
from lib.refused import Refused
from lib.text import paragraphs_with_links
from lib.web import living
from lib.web.http import SeeOther, read_only, sign_in_first
from lib.web.limits import limited
from lib.web.submissions import show_again
from lib.web.typed import not_taken
from magazine import unsent

COMMENTS_OF_AUTHOR = 20
POSTS = {"per_account": (20, 3600), "per_network": (60, 3600)}
HELD = gettext_lazy(
    "Votre réaction est bien arrivée. Sur ce sujet, une personne la lit avant qu’elle paraisse."
)
REPORTS = {"per_account": (20, 3600), "per_network": (20, 3600)}


def below_article(name: str) -> Callable[..., str]:
    """Return what finds the page of this name below a published article."""

    def find(section_path: str, slug: str, pk: str) -> str:
        article = places.published(pk)
        return reverse(name, args=[article.section.path, article.slug, article.pk])

    return find


def of_reaction(pk: int) -> str:
    shown = Comment.objects.seen_by(None).filter(article__status=Article.Status.PUBLISHED)
    return get_object_or_404(shown, pk=pk).get_absolute_url()


def by_author(slug: str) -> str:
    return reverse("comments:of_author", args=[get_object_or_404(Author, slug=slug).slug])


@living.lives(below_article("comments:post"))
@require_http_methods(["GET", "POST"])
@limited("comment", **POSTS)
def post(request: HttpRequest, section_path: str, slug: str, pk: str) -> HttpResponse:
    """Take a reaction, or show how it will look.

    What somebody wrote who has to sign in first waits for them.
    """
    article = Article.objects.published().for_page().filter(pk=pk).first()
    if article is None:
        return not_taken(request, _("Cet article n’est plus en ligne."), status=404)
    author = Author.objects.of(request.user)
    if request.method == "GET":
        return redirect(f"{article.get_absolute_url()}#reagir")
    is_offered_help = offer_help(request, request.POST.get("text", ""))
    if author is None:
        back = article.get_absolute_url() + "#reagir"
        return drafts.sign_in_first(request, drafts.reaction(article), back)
    form = CommentForm(request.POST, article=article)
    if not form.is_valid():
        return _form_page(request, article, form, status=422)
    if "preview" in request.POST:
        return _form_page(
            request, article, form, preview=paragraphs_with_links(form.cleaned_data["text"])
        )
    return _write(request, article, author, form, from_top=is_offered_help)


def _write(
    request: HttpRequest, article: Article, author: Author, form: CommentForm, *, from_top: bool
) -> HttpResponse:
    try:
        comment = posting.post(
            article=article,
            author=author,
            text=form.cleaned_data["text"],
            parent=form.cleaned_data["parent"],
            submission=form.cleaned_data["submission"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        show_again(form, submission=uuid4())
        return _form_page(request, article, form, status=422)
    unsent.forget(request, drafts.reaction(article))
    messages.success(request, str(HELD if comment.is_held else _("Votre réaction est publiée.")))
    return SeeOther(_next_page(comment, author, from_top=from_top))


def _next_page(comment: Comment, reader: Author | None, *, from_top: bool) -> str:
    """Return where the reader goes on: at the reaction, or at the top of its page, where a card
    tells whom to call."""
    return _page_with(comment, reader) if from_top else comment.get_absolute_url()


def _page_with(comment: Comment, reader: Author | None) -> str:
    query = page_query(comment, reader)
    return comment.article.get_absolute_url() + (f"?{query}" if query else "")


def _form_page(
    request: HttpRequest,
    article: Article,
    form: CommentForm,
    *,
    preview: str = "",
    status: int = 200,
) -> HttpResponse:
    parent = answered(article, form["parent"].value() or "")
    return render(
        request,
        "comments/comment_form.html",
        {"article": article, "form": form, "parent": parent, "preview": preview},
        status=status,
    )


@living.lives(of_reaction)
@read_only
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the page of the thread on which the reaction stands."""
    reader = Author.objects.of(request.user)
    comment = get_object_or_404(
        Comment.objects.seen_by(reader).select_related("article__section"), pk=pk
    )
    if not comment.article.is_published:
        raise Http404
    return redirect(f"{_page_with(comment, reader)}#r{comment.pk}")


@require_http_methods(["GET", "POST"])
@limited("comment", **POSTS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return drafts.sign_in_first(request, drafts.change(pk), reverse("comments:edit", args=[pk]))
    try:
        comment, author = _own(request, pk)
    except Http404:
        return not_taken(
            request,
            _("Cette réaction a été masquée ou retirée, ou appartient à un autre compte."),
            status=404,
        )
    kept = unsent.kept(request, drafts.change(pk)).get("text", "")
    if unsent.has_lapsed(request, drafts.change(pk)):
        messages.info(request, unsent.LAPSED)
    form = EditForm(request.POST or None, initial={"text": kept or comment.text})
    if not posting.can_edit(comment, author, article=comment.article):
        return _too_late(request, comment, form.data.get("text", kept))
    if request.method == "POST" and form.is_valid():
        is_offered_help = offer_help(request, form.cleaned_data["text"])
        try:
            posting.edit(comment, author=author, text=form.cleaned_data["text"])
        except Refused:  # the last minute has passed, or a moderator was faster
            return _too_late(request, comment, form.data.get("text", ""))
        unsent.forget(request, drafts.change(pk))
        messages.success(request, _("Votre réaction est modifiée."))
        return SeeOther(_next_page(comment, author, from_top=is_offered_help))
    return render(
        request,
        "comments/comment_edit.html",
        {"comment": comment, "form": form},
        status=422 if form.errors else 200,
    )


def _too_late(request: HttpRequest, comment: Comment, text: str) -> HttpResponse:
    """Say why the text stays, and give back what was typed."""
    return render(
        request,
        "comments/edit_closed.html",
        {"comment": comment, "minutes": posting.EDIT_MINUTES, "typed": [text] if text else []},
        status=403,
    )


@require_http_methods(["GET", "POST"])
def retract(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return sign_in_first(reverse("comments:retract", args=[pk]))
    comment, author = _own(request, pk)
    if request.method == "POST":
        try:
            posting.retract(comment, author=author)
            messages.success(request, _("Votre réaction est retirée."))
        except Refused as refusal:
            messages.warning(request, str(refusal))
        return SeeOther(comment.get_absolute_url())
    return render(request, "comments/comment_retract.html", {"comment": comment})


def _own(request: HttpRequest, pk: int) -> tuple[Comment, Author]:
    """Find a reaction of the reader, neither hidden nor taken back; 404 for anybody else's."""
    author = Author.objects.of(request.user)
    if author is None:
        raise Http404
    return get_object_or_404(
        Comment.objects.live().by(author).select_related("article__section"), pk=pk
    ), author


@require_http_methods(["GET", "POST"])
@limited("report", **REPORTS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(
        Comment.objects.visible().select_related("article__section", "author"),
        pk=pk,
        article__status=Article.Status.PUBLISHED,
    )
    return _report(request, comment.article, comment)


@living.lives(below_article("comments:report_article"))
@require_http_methods(["GET", "POST"])
@limited("report", **REPORTS)
def report_article(request: HttpRequest, section_path: str, slug: str, pk: str) -> HttpResponse:
    return _report(request, get_object_or_404(Article.objects.published().for_page(), pk=pk), None)


def _report(request: HttpRequest, article: Article, comment: Comment | None) -> HttpResponse:
    form = ReportForm(request.POST or None)
    is_offered_help = offer_help(request, _said_of_danger(form, comment))
    if request.method == "POST" and form.is_valid():
        target = {"comment": comment} if comment else {"article": article}
        reporter = Author.objects.of(request.user)
        kept = moderation.report(
            reason=form.cleaned_data["reason"],
            message=form.cleaned_data["message"],
            reporter=reporter,
            **target,
        )
        messages.success(
            request,
            _("Merci, la modération va lire votre signalement.")
            if kept
            else _("Vous aviez déjà signalé ce texte : la modération va le lire."),
        )
        if comment is None:
            return SeeOther(article.get_absolute_url())
        return SeeOther(_next_page(comment, reporter, from_top=is_offered_help))
    return render(
        request,
        "comments/report_form.html",
        {"article": article, "comment": comment, "form": form},
        status=422 if form.errors else 200,
    )


def _said_of_danger(form: ReportForm, comment: Comment | None) -> str:
    """Return what a report says, and what it is about if somebody there seems in danger."""
    said = form.data.get("message", "")
    is_urgent = form.data.get("reason") == Report.Reason.IN_DANGER
    return f"{said} . {comment.text}" if comment and is_urgent else said


@living.lives(by_author)
@read_only
def of_author(request: HttpRequest, slug: str) -> HttpResponse:
    """List an author's visible reactions to published articles, the latest first."""
    author = get_object_or_404(Author, slug=slug)
    comments = (
        author.comments.visible()
        .filter(article__status=Article.Status.PUBLISHED)
        .select_related("article")
    )
    page = page_of(
        comments.only("author", "html", "created_at", "article__title"),
        keys=("-id", "-id"),
        after=request.GET.get("apres", ""),
        before=request.GET.get("avant", ""),
        size=COMMENTS_OF_AUTHOR,
    )
    return render(request, "comments/author_comments.html", {"author": author, "page": page})
