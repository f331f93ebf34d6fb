"""Members write, edit and take back their reactions; row and counters in one transaction."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from authors.models import Author
from comments import changes, counters
from comments.models import Comment
from lib.refused import Refused
from lib.text import normalise_text, paragraphs_with_links
from lib.web.submissions import key_of

EDIT_MINUTES = 10  # long enough for a slip of the pen, too short to change what was answered
# Within them the same text by the same hand is one reaction: two tabs, the back button.
SAME_TEXT_MINUTES = 10
GONE = gettext_lazy(
    "La réaction à laquelle vous répondez n’est plus visible. Votre texte est gardé : envoyé d’ici,"
    " il sera une réaction à l’article."
)


def post(
    *,
    article: Article,
    author: Author,
    text: str,
    parent: Comment | None = None,
    submission: UUID | None = None,
) -> Comment:
    """Write a reaction, or return the one that the same form has written of the same words.

    On an article that holds reactions it waits to be read. Raises Refused. The article's lock makes
    two posts of the same form wait for each other, so that the second finds the first.
    """
    text = checked(text)
    key = key_of(submission or uuid4(), article.pk, author.pk, text)
    with transaction.atomic():
        article = _locked(article)
        if already := _already_written(article, author, parent, text, key):
            return already
        _check_place(article, parent)
        comment = Comment.objects.create(
            article=article,
            author=author,
            parent=parent,
            submission=key,
            state=Comment.State.HELD if article.holds_comments else Comment.State.VISIBLE,
            text=text,
            html=paragraphs_with_links(text),
            path=key.hex,  # unique until the id is known
        )
        comment.path = path_below(parent, comment.pk)
        comment.save(update_fields=["path"])
        if comment.is_visible:
            counters.comment_appeared(comment)
            changes.shown.announce(comment)
        return comment


def checked(text: str) -> str:
    """Return the text as it will be kept. Raises Refused if it is empty or too long."""
    text = normalise_text(text)
    if not text:
        raise Refused(_("Écrivez au moins un mot."))
    if len(text) > Comment.MAX_TEXT:
        raise Refused(
            _("Votre réaction compte %(n)s caractères : ramenez-la à %(max)s.")
            % {"n": len(text), "max": Comment.MAX_TEXT}
        )
    return text


def path_below(parent: Comment | None, pk: int) -> str:
    """Return the place in the thread: the parent's path and the id.

    On the last level the reply stands beside its parent.
    """
    step = f"{pk:0{Comment.PATH_STEP}x}"
    if parent is None:
        return step
    above = parent.path if parent.depth < Comment.MAX_DEPTH else parent.path[: -Comment.PATH_STEP]
    return above + step


def _locked(article: Article) -> Article:
    rows = Article.objects.published().select_for_update(no_key=True)
    if found := rows.filter(pk=article.pk).first():
        return found
    raise Refused(_("Cet article n’est plus en ligne."))


def _already_written(
    article: Article, author: Author, parent: Comment | None, text: str, key: UUID
) -> Comment | None:
    if repeated := Comment.objects.filter(submission=key).first():
        _check_still_there(repeated)
        return repeated
    since = timezone.now() - timedelta(minutes=SAME_TEXT_MINUTES)
    return (
        Comment.objects.by(author)
        .live()
        .filter(article=article, parent=parent, text=text, created_at__gte=since)
        .first()
    )


def _check_still_there(repeated: Comment) -> None:
    """Nobody is told that something is published which is not."""
    if repeated.state == Comment.State.REMOVED:
        raise Refused(
            _("Vous avez retiré cette réaction. Pour la publier de nouveau, envoyez-la encore.")
        )
    if not repeated.is_live:
        raise Refused(
            _("La modération a masqué cette réaction. Changez-en les mots avant de la renvoyer.")
        )


def _check_place(article: Article, parent: Comment | None) -> None:
    if not article.accepts_comments:
        raise Refused(_("Les réactions à cet article sont closes."))
    if parent and parent.article_id != article.pk:
        raise Refused(_("La réaction à laquelle vous répondez est sous un autre article."))
    if parent and not Comment.objects.visible().filter(pk=parent.pk).exists():
        raise Refused(GONE)


def can_edit(comment: Comment, author: Author | None, *, article: Article) -> bool:
    """Tell whether the author may still change the text; no query.

    Where reactions are read before they are shown, what was read stays as it is.
    """
    if article.holds_comments or comment.is_held:
        return False
    return _is_own(comment, author) and timezone.now() - comment.created_at < timedelta(
        minutes=EDIT_MINUTES
    )


def can_retract(comment: Comment, author: Author | None) -> bool:
    return _is_own(comment, author)


def _is_own(comment: Comment, author: Author | None) -> bool:
    return author is not None and comment.author_id == author.pk and comment.is_live


def edit(comment: Comment, *, author: Author, text: str) -> Comment:
    """Change the text within EDIT_MINUTES. Raises Refused."""
    text = checked(text)
    with transaction.atomic():
        comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
        if not can_edit(comment, author, article=comment.article):
            raise Refused(
                _("Une réaction se modifie par son auteur, dans les %(n)s minutes.")
                % {"n": EDIT_MINUTES}
            )
        if text != comment.text:
            comment.text, comment.html, comment.edited_at = (
                text,
                paragraphs_with_links(text),
                timezone.now(),
            )
            comment.save(update_fields=["text", "html", "edited_at"])
            changes.edited.announce(comment)
        return comment


def retract(comment: Comment, *, author: Author) -> None:
    """Take one's own reaction back; its place stays and the replies too. Raises Refused."""
    with transaction.atomic():
        Article.objects.select_for_update(no_key=True).get(pk=comment.article_id)
        comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
        if not can_retract(comment, author):
            raise Refused(
                _("Vous ne pouvez retirer que vos propres réactions, tant qu’elles sont visibles.")
            )
        was_visible = comment.is_visible
        comment.state, comment.edited_at = Comment.State.REMOVED, timezone.now()
        comment.save(update_fields=["state", "edited_at"])
        if was_visible:
            counters.comment_vanished(comment)
            changes.hidden.announce(comment)
