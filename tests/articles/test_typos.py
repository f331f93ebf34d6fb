"""What is mended in silence, and what is not."""

import pytest

from articles.models import Article
from articles.revisions.typos import more_than_typos
from lib.french.weighty import is_medicine, weighty_words

TEXTS = [name for name in Article.TEXT_FIELDS if not name.startswith(("interests", "lead"))]


TURNED = [
    *(("actif", "inactif"), ("adapté", "inadapté"), ("réversible", "irréversible")),
    *(("infecté", "désinfecté"), ("hydraté", "déshydraté"), ("apte", "inapte")),
    *(("accessible", "inaccessible"), ("activer", "désactiver"), ("perméable", "imperméable")),
]


def content(**parts):
    empty = {**dict.fromkeys(Article.TEXT_FIELDS, ""), "lead_image": None}
    return {**empty, "interests": "NONE", "tags": [], "sources": [], **parts}


def reasons(before, after, name="body"):
    if name == "body":
        before, after = f"<p>{before}</p>", f"<p>{after}</p>"
    said = more_than_typos(content(**{name: before}), content(**{name: after}))
    return [str(reason) for reason in said]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("prendre 4 g", "prendre 3 g", "un nombre"),
        ("prendre 0,5 mg", "prendre 05 mg", "un nombre"),
        ("prendre 10 mg", "prendre 100 mg", "un nombre"),
        ("deux par jour", "trois par jour", "un nombre"),
        ("une fois", "onze fois", "un nombre"),
        ("½ dose", "¼ dose", "un nombre"),
        ("pH < 7", "pH > 7", "un nombre"),
        ("au deuxième jour", "au douzième jour", "un nombre"),
        ("prendre 4 mg", "prendre 4 g", "une unité"),
        ("prendre 4 mg", "prendre 4 µg", "une unité"),
        ("prendre 4 milligrammes", "prendre 4 microgrammes", "une unité"),
        ("tous les jours", "tous les mois", "une unité"),
        ("2 comprimés", "2 gélules", "une unité"),
        ("5 l", "5 h", "une unité"),
        ("il faut boire", "il ne faut pas boire", "retourne le sens"),
        ("jamais le soir", "le soir", "retourne le sens"),
        ("avec alcool", "sans alcool", "retourne le sens"),
        ("n’arrêtez rien", "arrêtez rien", "retourne le sens"),
        ("au bras gauche", "au bras droit", "retourne le sens"),
        ("prendre du paracétamol", "prendre du tramadol", "médicament"),
        ("prendre du Doliprane", "prendre du Dolirhume", "médicament"),
        ("l’amoxicilline", "l’ampicilline", "médicament"),
        ("un vaccin efficace", "un vaccin inefficace", "autre sens"),
        ("une hypertension", "une hypotension", "autre sens"),
        ("c’est conseillé", "c’est déconseillé", "retourne le sens"),
        *((f"un signe {one}", f"un signe {other}", "sens") for one, other in TURNED),
        ("5 cm²", "5 cm³", "un nombre"),
        ("5 mW", "5 MW", "une unité"),
        ("5 Da", "5 kDa", "une unité"),
        ("5 €", "5 $", "une unité"),
        ("à - 3 °C", "à 3 °C", "un nombre"),
        ("le taux ↑", "le taux ↓", "un nombre"),
        ("une hépatite B", "une hépatite C", "médicament"),
        ("le lundi", "le mardi", "une unité"),
        ("voie intraveineuse", "voie intramusculaire", "retourne le sens"),
        ("chapitre XV", "chapitre XX", "un nombre"),
        ("selon Martin", "selon Durand", "un nom"),
        ("un autre mot", "tout ce qui a été écrit ici de nouveau", "20 caractères"),
    ],
)
def test_what_somebody_may_act_on_is_no_typo(name, before, after, reason):
    assert any(reason in said for said in reasons(before, after, name)), reasons(
        before, after, name
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("les symptomes", "les symptômes"),
        ("un erreur", "une erreur"),
        ("une fôte", "une faute"),
        ("il a manger", "il a mangé"),
        ("le le médecin", "le médecin"),
        ("les medecin", "les médecins"),
        ("lesmédecins", "les médecins"),
        ("À lire ,vite", "À lire, vite"),
        ("prendre 1000 mg", "prendre 1 000 mg"),
        ("ou aller", "où aller"),
        ("c'est dit", "c’est dit"),
        ("Le medecin traitant", "Le médecin traitant"),
    ],
)
def test_slips_of_the_pen_are_typos(before, after):
    assert reasons(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('<a href="/a">ici</a>', '<a href="/b">ici</a>', "lien"),
        ("Dose <s>4</s> 3", "Dose 4 3", "barrés"),
        ("10<sup>3</sup>", "103", "nombre"),
        ('<img src="/media/a.jpg" alt="x">', '<img src="/media/a.jpg" alt="y">', "image"),
    ],
)
def test_mark_up_that_means_something_is_no_typo(before, after, reason):
    assert any(reason in said for said in reasons(before, after))


@pytest.mark.parametrize(
    "caption",
    [
        "<figure><figcaption>{}</figcaption></figure>",
        "<table><caption>{}</caption><tr><td>a</td></tr></table>",
        '<table data-caption="{}"><tr><td>a</td></tr></table>',
    ],
)
def test_captions_are_no_typos(caption):
    before, after = (content(body=caption.format(word)) for word in ("medecin", "médecin"))
    assert any("légende" in str(said) for said in more_than_typos(before, after))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sources", [{"title": "Livre", "publisher": "", "url": ""}]),
        ("lead_caption", "Une légende"),
        ("lead_image", 1),
        ("interests", "DECLARED"),
        ("interests_detail", "Un lien"),
    ],
)
def test_sources_captions_and_interests_are_no_typos(name, value):
    assert more_than_typos(content(), content(**{name: value}))


def test_numbers_that_change_places_are_no_typo():
    assert reasons("2 le matin, 3 le soir", "3 le matin, 2 le soir")


def test_keywords_may_change_in_silence():
    assert more_than_typos(content(tags=["chat"]), content(tags=["chien"])) == []
    assert more_than_typos(content(tags=["dose 4 g"]), content(tags=["dose 3 g"]))


def test_letters_of_all_parts_are_counted_together():
    before = content(title="abcdefghijk", kicker="abcdefghijk")
    after = content(title="lmnopqrstuv", kicker="lmnopqrstuv")
    assert [str(said) for said in more_than_typos(before, after)] == [
        "plus de 20 caractères changent"
    ]


def test_words_are_read_as_they_are_written():
    assert [word for _kind, word in weighty_words("1 000 mg, 2,5 ml/h : ne pas dépasser")] == [
        *("1000", "mg", "2,5", "ml", "/", "h", "ne", "pas"),
    ]
    assert [is_medicine(word) for word in ("doliprane", "esomeprazole", "table", "vie")] == [
        *(True, True, False, False),
    ]
