"""What pages say of themselves in the words of schema.org.

Pure: objects in, plain data out; no query. Readers' ratings are not among it: schema.org lets any
CreativeWork carry an aggregate rating, but search engines take it on a short list of types only, on
which no kind of article stands, and report it as an error elsewhere
(https://developers.google.com/search/docs/appearance/structured-data/review-snippet).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.templatetags.static import static

from articles.models import Article, Source
from authors.models import Author
from lib.web.addresses import absolute
from taxonomy.models import Section, Tag

Data = dict[str, Any]
LONGEST_HEADLINE = 110  # what search engines take


def document(*parts: Data) -> Data:
    return {"@context": "https://schema.org", "@graph": list(parts)}


def organisation(magazine: Any) -> Data:
    logo = magazine.logo.url if magazine.logo else static("img/share.png")
    known_at = [account["url"] for account in magazine.followed_at]
    return _without_empty(
        {
            "@type": "Organization",
            "@id": f"{settings.SITE_URL}/#magazine",
            "name": magazine.name,
            "url": f"{settings.SITE_URL}/",
            "logo": {"@type": "ImageObject", "url": absolute(logo)},
            "sameAs": known_at,
            "publishingPrinciples": absolute("/a-propos/charte-editoriale/"),
            "correctionsPolicy": absolute("/a-propos/rectificatifs/"),
        }
    )


def website(magazine: Any) -> Data:
    return {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#site",
        "name": magazine.name,
        "description": magazine.description,
        "url": f"{settings.SITE_URL}/",
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": {"@id": f"{settings.SITE_URL}/#magazine"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{settings.SITE_URL}/recherche?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumb(page: str, steps: Iterable[tuple[str, str]]) -> Data:
    """`steps`: names and paths from the front page on."""
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": absolute(path)}
        for n, (name, path) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{page}#fil", "itemListElement": items}


def person(author: Author) -> Data:
    address = absolute(author.get_absolute_url())
    kind = "Organization" if author.kind == Author.Kind.ORGANISATION else "Person"
    said: Data = {
        "@type": kind,
        "@id": f"{address}#auteur",
        "name": author.pseudonym,
        "url": address,
        "description": author.biography,
    }
    if kind == "Person":
        said["jobTitle"] = author.credentials
    if author.picture:
        said["image"] = absolute(author.picture.url)
    if author.website:
        said["sameAs"] = [author.website]
    return _without_empty(said)


def article_page(
    article: Article,
    *,
    picture: Data | None,
    trail: Sequence[Section],
    sources: Iterable[Source],
    tags: Iterable[Tag],
    magazine: Any,
) -> Data:
    """The medical page, its article, author, publisher and breadcrumb.

    What nobody has reviewed names no reviewer.
    """
    page = absolute(article.get_absolute_url())
    steps = [
        *_home(magazine),
        *((section.name, section.get_absolute_url()) for section in trail),
        (article.title, article.get_absolute_url()),
    ]
    published, changed = article.published_at, article.changed_at
    return document(
        {
            "@type": "MedicalWebPage",
            "@id": page,
            "url": page,
            "name": article.title,
            "inLanguage": settings.LANGUAGE_CODE,
            "isPartOf": {"@id": f"{settings.SITE_URL}/#site"},
            "breadcrumb": {"@id": f"{page}#fil"},
            "mainEntity": {"@id": f"{page}#article"},
            "datePublished": published.isoformat() if published else "",
            "dateModified": changed.isoformat() if changed else "",
            "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        },
        _article(article, page, picture, sources, tags),
        person(article.author),
        organisation(magazine),
        breadcrumb(page, steps),
    )


def _article(
    article: Article,
    page: str,
    picture: Data | None,
    sources: Iterable[Source],
    tags: Iterable[Tag],
) -> Data:
    published, changed = article.published_at, article.changed_at
    return _without_empty(
        {
            "@type": "Article",
            "@id": f"{page}#article",
            "mainEntityOfPage": {"@id": page},
            "headline": article.title[:LONGEST_HEADLINE],
            "alternativeHeadline": article.subtitle,
            "description": article.standfirst,
            "image": _image(picture),
            "datePublished": published.isoformat() if published else "",
            "dateModified": changed.isoformat() if changed else "",
            "author": {"@id": f"{absolute(article.author.get_absolute_url())}#auteur"},
            "publisher": {"@id": f"{settings.SITE_URL}/#magazine"},
            "articleSection": article.section.name,
            "keywords": [tag.name for tag in tags],
            "wordCount": article.words_count,
            "commentCount": article.comments_count,
            "inLanguage": settings.LANGUAGE_CODE,
            "isAccessibleForFree": True,
            "citation": [
                _without_empty(
                    {"@type": "CreativeWork", "name": source.title or source.url, "url": source.url}
                )
                for source in sources
            ],
        }
    )


def _image(picture: Data | None) -> Data | None:
    return picture and {
        "@type": "ImageObject",
        "url": picture["url"],
        "width": picture["width"],
        "height": picture["height"],
    }


def listing(title: str, path: str, *, above: Iterable[tuple[str, str]] = (), magazine: Any) -> Data:
    page = absolute(path)
    return document(
        {
            "@type": "CollectionPage",
            "@id": page,
            "url": page,
            "name": title,
            "isPartOf": {"@id": f"{settings.SITE_URL}/#site"},
            "breadcrumb": {"@id": f"{page}#fil"},
        },
        breadcrumb(page, [*_home(magazine), *above, (title, path)]),
    )


def profile(author: Author, magazine: Any) -> Data:
    page = absolute(author.get_absolute_url())
    return document(
        {
            "@type": "ProfilePage",
            "@id": page,
            "url": page,
            "dateCreated": author.created_at.isoformat(),
            "mainEntity": {"@id": f"{page}#auteur"},
        },
        person(author),
        breadcrumb(page, [*_home(magazine), (author.pseudonym, author.get_absolute_url())]),
    )


def _home(magazine: Any) -> list[tuple[str, str]]:
    return [(magazine.name, "/")]


def _without_empty(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in ("", None, [])}
