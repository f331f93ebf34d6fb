"""Objects for the page /style/: usual, empty and extreme. None is saved."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib.staticfiles.storage import staticfiles_storage

from articles.archives import Month
from articles.models import Article, Correction, Rating, Source, UrgentNotice
from articles.rendering import Heading, render
from authors.models import Author
from care.models import CareCard
from comments.forms import CommentForm, ReportForm
from comments.models import Comment
from lib.paging import KeysetPage
from lib.text import paragraphs_with_links
from lib.web.honeypot import BotTrapMixin
from pictures.models import Picture
from taxonomy.models import Section, Tag

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
LONG_TITLE = (
    "Pourquoi la consigne a changé trois fois en un an "
    "et ce que cela fait à ceux qui doivent l’appliquer " * 3
)[:250]
LONG_URL = "http://www.example.org/2012/09/06/sur-les-reseaux-la-fronde-de-medecins-contre-les-deserts-medicaux-235107"
SWATCHES = [
    [
        "paper",
        "ink",
        "ink-soft",
        "tint",
        "tint-strong",
        "line",
        "line-strong",
        "brand",
        "brand-fill",
        "link",
        "star",
        "alarm",
        "mark",
    ],
    ["section-daily", "section-care", "section-beauty", "section-family", "section-views"],
]


def sections() -> list[Section]:
    named = [
        ("Médicaments & Soins", "care"),
        ("Santé au quotidien", "daily"),
        ("Beauté & Bien-être", "beauty"),
        ("Famille", "family"),
        ("Visions actuelles", "views"),
    ]
    tops = [
        Section(pk=n, name=name, colour=colour, slug=f"exemple-{n}", path=f"exemple-{n}")
        for n, (name, colour) in enumerate(named, 1)
    ]
    for top in tops:
        top.subsections = []
    actus = Section(
        pk=9, name="Les Actus", slug="les-actus", path="exemple-1/les-actus", parent=tops[0]
    )
    actus.subsections = []
    tops[0].subsections = [actus]
    return tops


def author(**fields: Any) -> Author:
    usual = {
        "pseudonym": "Médecine-2.0",
        "role": Author.Role.WRITER,
        "articles_count": 4,
        "comments_count": 12,
        "ratings_count": 38,
        "ratings_sum": 160,
    }
    return Author(**{"pk": 1, "slug": "medecine-2-0", "created_at": NOW, **usual, **fields})


def new_author() -> Author:
    return author(
        pk=2,
        pseudonym="Chloé",
        slug="chloe",
        role=Author.Role.READER,
        articles_count=0,
        comments_count=0,
        ratings_count=0,
        ratings_sum=0,
    )


def busy_author() -> Author:
    many = {
        "articles_count": 2000,
        "comments_count": 12345,
        "ratings_count": 98765,
        "ratings_sum": 400000,
    }
    about = "Elle écrit ici depuis la première semaine. " * 8
    return author(
        pk=3,
        pseudonym="Une-plume-au-nom-interminable-comme-on-en-voit-parfois-ici",
        credentials="pharmacienne d’officine",
        biography=about,
        **many,
    )


def picture() -> Picture:
    """Return one of the library, else a drawing of the house."""
    if found := Picture.objects.first():
        return found
    drawn = Picture(
        pk=1,
        file="img/share.png",
        width=1200,
        height=630,
        alt="Un dessin",
        credit="Dessin : CareVox",
        licence="CC_BY",
    )
    drawn.file.storage = staticfiles_storage
    return drawn


def article(**fields: Any) -> Article:
    usual = {
        "title": "Ces médecins qui postent sur les réseaux",
        "kicker": "Enquête",
        "subtitle": "Ils expliquent, ils corrigent, ils s’emportent parfois",
        "standfirst": (
            "Que disent-ils, à qui, et avec quelles preuves ? Trois mois de lecture, onze comptes,"
            " et une surprise : les plus suivis ne sont pas les moins sûrs."
        ),
        "interests": Article.InterestDeclaration.NONE,
        "comments_count": 12,
        "ratings_count": 27,
        "ratings_sum": 116,
    }
    made = Article(
        **{
            "pk": 1,
            "slug": "ces-medecins",
            "status": "PUBLISHED",
            "published_at": NOW,
            "modified_at": NOW,
            **usual,
            **fields,
        }
    )
    made.section = sections()[0].subsections[0]
    made.author = author(credentials="médecin généraliste", biography="Il lit beaucoup.")
    made.lead_image = picture()
    return made


def bare_article() -> Article:
    nothing = dict.fromkeys(("kicker", "subtitle", "standfirst"), "") | {
        "comments_count": 0,
        "ratings_count": 0,
        "ratings_sum": 0,
        "modified_at": None,
    }
    made = article(pk=2, title="Merci", interests=Article.InterestDeclaration.UNSTATED, **nothing)
    made.author, made.lead_image = new_author(), None
    return made


def long_article() -> Article:
    made = article(
        pk=3,
        title=LONG_TITLE,
        subtitle=LONG_TITLE,
        kicker=LONG_TITLE[:120],
        comments_count=2345,
        ratings_count=98765,
        ratings_sum=400000,
    )
    made.author = busy_author()
    return made


def sources() -> list[Source]:
    return [
        Source(
            title="Usage des réseaux par les soignants",
            publisher="Revue du praticien",
            published_on=date(2025, 11, 3),
            url=LONG_URL,
            accessed_on=date(2026, 3, 1),
        ),
        Source(url=LONG_URL),
        Source(title="Entretien avec une pharmacienne, le 2 mars 2026"),
    ]


def notice() -> UrgentNotice:
    return UrgentNotice(
        kind=UrgentNotice.Kind.RECALL,
        text="Exemple : un lot de ce sirop est rappelé.\n\nNe le prenez plus et rapportez-le.",
        source="https://www.example.org/rappels/un-sirop",
        issued_at=NOW,
    )


def long_notice() -> UrgentNotice:
    return UrgentNotice(kind=UrgentNotice.Kind.ADVICE, text=(LONG_TITLE * 3)[:600], issued_at=NOW)


def corrections() -> list[Correction]:
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    return [
        Correction(
            kind="ERROR", words="La durée était fausse : lisez deux jours.", corrected_at=at
        ),
        Correction(kind="PRECISION", words="Le nom de l’organisme est complet.", corrected_at=at),
    ]


def care_card() -> dict[str, Any]:
    card = CareCard(
        slug="fievre",
        title="Une fièvre d’enfant : selon l’âge et les signes",
        urgent_when="Avant trois mois, dès 38 °C",
        urgent_numbers="15 = SAMU\nSMS 114 = par SMS, si vous entendez ou parlez difficilement",
        urgent_text="N’attendez pas le lendemain.",
        soon_when="De trois à six mois, dès 39 °C",
        soon_text="Faites examiner l’enfant dans la journée.",
        know_when="Plus tard, s’il boit et joue",
        know_text="Proposez souvent à boire.",
        valid_in="France",
    )
    return {"card": card, "steps": card.steps, "level": "h2", "gravest": card.level}


def months() -> list[Month]:
    return [Month(2025, number, count) for number, count in ((12, 1), (11, 34), (2, 1234))]


def tags(count: int) -> list[Tag]:
    words = ["santé publique", "e-santé", "médicaments", "sommeil", "prévention", "hôpital"]
    return [Tag(pk=n, name=f"{words[n % 6]} {n}", slug=f"mot-{n}") for n in range(1, count + 1)]


def headings(count: int) -> list[Heading]:
    return [
        Heading(id=f"s-partie-{n}", text=f"Partie {n} : ce que l’on sait", level=2)
        for n in range(1, count + 1)
    ]


def prose() -> str:
    """Return a text with everything that our policy lets through, as the page shows it."""
    return render(
        "<p>Un paragraphe avec <strong>du gras</strong>, <em>de l’italique</em>, "
        f'un <a href="https://www.example.org/">lien</a>, {LONG_URL} '
        'et une note<sup><a href="#note-1">1</a></sup>.</p>'
        "<h2>Un intertitre</h2>"
        "<blockquote><p>Une citation : elle a son guillemet.</p></blockquote>"
        "<ul><li>un point</li><li>un autre</li></ul>"
        "<ol><li>d’abord</li><li>ensuite</li></ol>"
        "<h3>Plus bas</h3>"
        "<table><caption>Doses</caption>"
        '<thead><tr><th scope="col">Âge</th><th scope="col">Dose</th></tr></thead>'
        "<tbody><tr><td>1 an</td><td>2 mg</td></tr><tr><td>2 ans</td><td>4 mg</td></tr></tbody>"
        "</table><pre><code>x = 1 ;</code></pre>"
        '<section class="footnotes"><ol>'
        '<li id="note-1">Une note de bas de page.</li></ol></section>',
        {},
    ).html


def rating(article: Article, reader: Author) -> Rating:
    return Rating(article=article, reader=reader, value=4, updated_at=NOW)


def thread(article: Article) -> KeysetPage[Comment]:
    def comment(number: int, path: str, **fields: Any) -> Comment:
        text = fields.pop("text", "Une réaction : merci pour ce texte !")
        made = Comment(
            pk=number,
            article=article,
            path=path,
            text=text,
            html=paragraphs_with_links(text),
            created_at=NOW,
            **fields,
        )
        vars(made).update(
            hidden_for="INSULT", hidden_why="Le ton visait une personne.", hidden_at=NOW
        )  # as the thread annotates them
        return made

    step = Comment.PATH_STEP
    first, second, third = ("1".zfill(step), "2".zfill(step), "3".zfill(step))
    return KeysetPage(
        [
            comment(1, first, author=new_author()),
            comment(2, first + first, author=article.author, text=f"L’auteur répond. {LONG_URL}"),
            comment(3, second, author=new_author(), state=Comment.State.HIDDEN),
            comment(4, third, guest_name="Un passant", edited_at=NOW),
            comment(
                5, third + first, author=new_author(), state=Comment.State.REMOVED, edited_at=NOW
            ),
        ],
        newer="exemple",
        older="exemple",
    )


def comment_form(data: dict[str, str] | None = None) -> CommentForm:
    return CommentForm(data)


class ExampleForm(BotTrapMixin, forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Pseudonyme", help_text="Il figure à côté de vos textes.")
    email = forms.EmailField(label="Adresse e-mail", required=False)
    text = forms.CharField(label="Présentation", required=False, widget=forms.Textarea)
    reason = forms.ChoiceField(
        label="Pourquoi ?", widget=forms.RadioSelect, choices=ReportForm.Meta.model.Reason.choices
    )
    charter = forms.BooleanField(label="J’ai lu la charte.")


def example_form(data: dict[str, str] | None = None) -> ExampleForm:
    form = ExampleForm(data)
    form.full_clean()
    return form
