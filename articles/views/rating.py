"""Readers rate an article, change their rating, take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.forms import RatingForm
from articles.models import Article
from articles.templatetags.articles_tags import proposed, rating_panel
from articles.voting import cast_rating, withdraw_rating
from authors.models import Author
from lib.refused import Refused
from lib.web.http import SeeOther, sign_in_first
from lib.web.limits import limited
from lib.web.partial import wants_partial


@require_http_methods(["GET", "POST"])
@limited("rate", per_account=(60, 3600), per_network=(300, 3600))
def rate(request: HttpRequest, section_path: str, slug: str, pk: str) -> HttpResponse:
    """Take a member's rating; a GET changes nothing.

    A visitor is led through sign-in and finds the rating to confirm.
    """
    article = get_object_or_404(Article.objects.published().for_page(), pk=pk)
    reader = Author.objects.of(request.user)
    value = request.POST.get("value") or request.GET.get("value", "")
    if reader is None or request.method == "GET":
        return _ask(request, article, value)
    try:
        said = (
            _withdraw(article, reader)
            if "withdraw" in request.POST
            else _cast(request, article, reader)
        )
    except Refused as refusal:
        return _answer(request, article, reader, error=str(refusal))
    return _answer(request, article, reader, said=said)


def _ask(request: HttpRequest, article: Article, value: str) -> HttpResponse:
    chosen = proposed(value)
    target = article.get_absolute_url() + (f"?note={chosen}" if chosen else "") + "#note"
    if request.user.is_authenticated:
        return redirect(target)
    return sign_in_first(target)


def _cast(request: HttpRequest, article: Article, reader: Author) -> str:
    form = RatingForm(request.POST)
    if not form.is_valid():
        raise Refused(form.errors["value"][0])
    rating = cast_rating(article=article, reader=reader, value=form.cleaned_data["value"])
    return _("Merci, votre note est enregistrée : %(value)s sur 5.") % {"value": rating.value}


def _withdraw(article: Article, reader: Author) -> str:
    return (
        _("Votre note est retirée.")
        if withdraw_rating(article=article, reader=reader)
        else _("Vous n’aviez pas noté cet article.")
    )


def _answer(
    request: HttpRequest, article: Article, reader: Author, *, said: str = "", error: str = ""
) -> HttpResponse:
    """Answer with the fragment or by leading back to the article; a refusal is 422 either way."""
    if said and not wants_partial(request):
        messages.success(request, said)
        return SeeOther(f"{article.get_absolute_url()}#note")
    article.refresh_from_db(fields=["ratings_count", "ratings_sum"])
    template = "articles/_rating.html" if wants_partial(request) else "articles/rating_refused.html"
    return render(
        request,
        template,
        {**rating_panel(article, reader), "said": said, "error": error},
        status=422 if error else 200,
    )
