"""The reactions of an article and of an author, for pages that know nothing of reactions."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from articles.models import Article
from authors.models import Author
from comments import drafts, posting
from comments.forms import CommentForm
from comments.models import Comment, ModerationDecision
from comments.threads import Thread, answered, groups, page_of_thread
from magazine import unsent

register = template.Library()
RECENT = 8


@register.inclusion_tag("comments/_comment_thread.html", takes_context=True)
def comment_thread(context: RequestContext, article: Article) -> dict[str, Any]:
    """Draw a page of the thread and, for a member, the form.

    One query; two more for a member who answers.
    """
    request = context["request"]
    reader = Author.objects.of(request.user)
    name = drafts.reaction(article)
    draft = unsent.kept(request, name) if reader else {}
    wanted = request.GET.get("reponse", draft.get("parent", "")) if reader else ""
    parent = answered(article, wanted)
    initial = {"parent": parent.pk if parent else None, "text": draft.get("text", "")}
    return {
        "article": article,
        "page": page_of_thread(
            article,
            request.GET.get("apres", ""),
            request.GET.get("avant", ""),
            reader=reader,
        ),
        "reader": reader,
        "parent": parent,
        "parent_is_gone": bool(wanted) and parent is None,
        "lapsed": unsent.LAPSED if reader and unsent.has_lapsed(request, name) else "",
        "form": CommentForm(initial=initial) if reader else None,
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def in_threads(comments: list[Comment]) -> list[Thread]:
    """Put each reaction to the article with all that answers it."""
    return list(groups(comments))


@register.inclusion_tag("comments/_comment.html")
def comment(
    comment: Comment,
    article: Article,
    reader: Author | None,
    level: str = "h3",
    above: Comment | None = None,
) -> dict[str, Any]:
    """Draw one reaction or its tombstone."""
    return {
        "comment": comment,
        "article": article,
        "level": level,
        "by_author": comment.author_id is not None and comment.author_id == article.author_id,
        "can_answer": article.accepts_comments and comment.is_visible,
        "can_edit": posting.can_edit(comment, reader, article=article),
        "can_retract": posting.can_retract(comment, reader),
        "hidden_reason": _reason(comment),
        "answers": comment.parent
        if comment.depth > 2 or (comment.depth == 2 and level == "h3")
        else None,
    }


def _reason(comment: Comment) -> str:
    code = getattr(comment, "hidden_for", "")
    return str(ModerationDecision.Reason(code).label) if code else ""


@register.inclusion_tag("comments/_recent_comments.html")
def recent_comments(author: Author) -> dict[str, Any]:
    """Draw the author's last reactions to published articles; nothing without any. One query."""
    comments = author.comments.visible().filter(article__status=Article.Status.PUBLISHED).recent()
    return {
        "author": author,
        "comments": list(
            comments.select_related("article__section").only(
                "author",
                "html",
                "created_at",
                "article__title",
                "article__slug",
                "article__section__path",
            )[:RECENT]
        ),
    }
