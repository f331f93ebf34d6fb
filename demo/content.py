"""The demo magazine, read from demo/data/*.toml: invented people, real public sources."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from articles import notices, publishing, voting
from articles.models import Article, Source
from articles.revisions import versions
from authors.models import Author, User
from authors.roles import grant_role
from care.models import CareCard
from comments import moderation, posting
from comments.models import Comment
from frontpage.models import FrontPageSlot
from lib.images import clean_picture
from lib.text import keyword_key
from magazine.models import SiteSettings
from pictures import renditions
from pictures.models import Picture
from taxonomy.models import Section, Tag

FOLDER = Path(__file__).resolve().parent / "data"
PASSWORD = "demo-carevox-2026"  # noqa: S105  (refused outside DEBUG)
ACCOUNTS = {
    "EDITOR": "editeur@example.org",
    "MODERATOR": "moderateur@example.org",
    "WRITER": "redacteur@example.org",
    "READER": "lecteur@example.org",
}


Fields = dict[str, Any]  # a table of a TOML file
Authors = dict[str, Author]  # by pseudonym
Library = dict[str, Picture | None]  # by the name of the file; None until a text needs it


def make_magazine() -> dict[str, str]:
    """Make the magazine and one account for each role; return role -> e-mail.

    Run again, it only adds what is missing.
    """
    authors = {fields["pseudonym"]: _author(fields) for fields in _read("authors.toml")["authors"]}
    for position, fields in enumerate(_read("sections.toml")["sections"]):
        _section(fields, None, position)
    library: Library = {path.name: None for path in (FOLDER / "pictures").glob("*.png")}
    for path in sorted((FOLDER / "articles").glob("*.toml")):
        _article(tomllib.loads(path.read_text(encoding="utf-8")), authors, library)
    front = _read("front.toml")
    _proposed_cards(front["care_cards"])
    _front_page(front["slots"])
    networks = {
        "facebook_url": "https://www.facebook.com/",
        "twitter_url": "https://twitter.com/",
    }
    SiteSettings.objects.get_or_create(pk=1, defaults=networks)
    return {role: _account(role, email, authors) for role, email in ACCOUNTS.items()}


def _read(name: str) -> Fields:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _author(fields: Fields) -> Author:
    fields = dict(fields)
    role, picture = fields.pop("role"), fields.pop("picture", "")
    author, created = Author.objects.get_or_create(
        pseudonym=fields.pop("pseudonym"),
        defaults={**fields, "created_at": timezone.now() - timedelta(days=500)},
    )
    if created:
        grant_role(author, role)
        if picture:
            cleaned = clean_picture((FOLDER / "pictures" / picture).read_bytes(), square=400)
            author.picture.save(f"image.{cleaned.extension}", ContentFile(cleaned.data))
    return author


def _account(role: str, email: str, authors: Authors) -> str:
    """Give the first author of the role an account with a verified address."""
    from allauth.account.models import EmailAddress

    if not User.objects.filter(email=email).exists():
        author = next(author for author in authors.values() if author.role == role)
        author.user = User.objects.create_user(email, PASSWORD)
        author.save(update_fields=["user"])
        grant_role(author, role)
        EmailAddress.objects.create(user=author.user, email=email, verified=True, primary=True)
    return email


def _section(fields: Fields, parent: Section | None, position: int) -> None:
    children = fields.pop("children", [])
    section, _created = Section.objects.get_or_create(
        name=fields.pop("name"), parent=parent, defaults={**fields, "position": position}
    )
    for child_position, child in enumerate(children):
        _section(child, section, child_position)


def _proposed_cards(cards: list[Fields]) -> None:
    """Let the keywords of the demo propose the starting cards, where an editor has not."""
    for fields in cards:
        card = CareCard.objects.filter(slug=fields["card"]).first()
        Tag.objects.filter(key__in=map(keyword_key, fields["tags"]), care_card=None).update(
            care_card=card
        )


def _front_page(slots: list[Fields]) -> None:
    """Fill the slots, where nobody has filled any; `starts_in` and `ends_in` are days from now."""
    if FrontPageSlot.objects.exists():
        return
    now = timezone.now()
    for position, fields in enumerate(slots):
        article = Article.objects.filter(title__startswith=fields["title"]).first()
        if article is None:
            continue
        starts, ends = (
            now + timedelta(days=fields[name]) if name in fields else None
            for name in ("starts_in", "ends_in")
        )
        FrontPageSlot.objects.create(
            place=fields["place"],
            position=position,
            article=article,
            starts_at=starts,
            ends_at=ends,
        )


def _picture(name: str, alt: str, library: Library) -> Picture | None:
    if not name:
        return None
    if library[name] is None:
        cleaned = clean_picture((FOLDER / "pictures" / name).read_bytes())
        library[name] = renditions.store(
            cleaned, alt=alt, credit="Dessin : CareVox", licence=Picture.Licence.CC_BY
        )
    return library[name]


AS_WRITTEN = ("title", "kicker", "subtitle", "standfirst", "interests", "interests_detail")


def _article(fields: Fields, authors: Authors, library: Library) -> None:
    if Article.objects.filter(title=fields["title"]).exists():
        return
    at = timezone.now() - timedelta(days=fields["days_ago"])
    author = authors[fields["author"]]
    article = Article.objects.create(
        section=Section.objects.get(path=fields["section"]),
        author=author,
        lead_image=_picture(fields["picture"], fields["picture_alt"], library),
        lead_caption=fields["caption"],
        signature=author.signature,
        body=_body(fields["body"], library),
        care_card=CareCard.objects.filter(slug=fields.get("care_card", "")).first(),
        is_sensitive=fields.get("is_sensitive", False),
        is_help=fields.get("is_help", False),
        created_at=at,
        **{name: fields[name] for name in AS_WRITTEN},
    )
    article.tags.set(Tag.objects.named(fields["tags"]))
    for position, source in enumerate(fields.get("sources", [])):
        Source.objects.create(article=article, position=position, **source)
    versions.record(article, actor=None)
    publishing.publish(article, actor=None, at=at)
    if "notice" in fields:
        notices.issue(article=article, actor=None, **fields["notice"])
    _ratings(article, fields["ratings"], authors)
    _comments(article, fields.get("comments", []), None, at, authors)


def _body(html: str, library: Library) -> str:
    """Return the text with the addresses of the library in place of src="demo:<file>"."""

    def address(match: re.Match[str]) -> str:
        picture = _picture(match[1], "", library)
        return f'src="/media/{picture.name}"' if picture else ""

    return re.sub(r'src="demo:([^"]+)"', address, html)


def _ratings(article: Article, values: list[int], authors: Authors) -> None:
    readers = cycle(author for author in authors.values() if author.pk != article.author_id)
    for value in values:
        voting.cast_rating(article=article, reader=next(readers), value=value)


def _comments(
    article: Article,
    rows: list[Fields],
    parent: Comment | None,
    at: datetime,
    authors: Authors,
) -> None:
    for row in rows:
        author = authors[row["author"]]
        comment = posting.post(article=article, author=author, text=row["text"], parent=parent)
        if comment.is_held:
            moderation.release(comment, actor=None)
        posted_at = at + timedelta(days=row["days_after"])
        Comment.objects.filter(pk=comment.pk).update(created_at=posted_at)
        _comments(article, row.get("replies", []), comment, at, authors)
