"""What readers type and what they find: the same on SQLite and PostgreSQL."""

import pytest

from articles.models import Article
from search.fulltext import forget_months
from search.query import Filters, parse_query
from search.results import find
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db

EVERY_WAY_TO_VACCINATE = {"grippe", "rougeole"}
SLEEP = {"sommeil", "melatonine", "ecrans"}
MEDICINE = {
    "hopital",
    "diabete",
    "melatonine",
    "antibiotiques",
    "pharmacie",
    "vitamine-d",
    "canicule",
    "generique",
}
DOCTORS = {"hopital", "melatonine", "migraine", "hepatite", "depression"}

QUERIES = {
    # forms of a word, accents, ligatures, elisions
    "médecins": DOCTORS,
    "médecin": DOCTORS,
    "medecin": DOCTORS,
    "MÉDECINS": DOCTORS,
    "œdème": {"oedeme", "allergie"},
    "oedeme": {"oedeme", "allergie"},
    "Œdèmes": {"oedeme", "allergie"},
    "l'hôpital": {"hopital", "urgences"},
    "l’hôpital": {"hopital", "urgences"},
    "hopital": {"hopital", "urgences"},
    "hopitaux": {"hopital", "urgences"},
    "vacciner": EVERY_WAY_TO_VACCINATE,
    "vaccination": EVERY_WAY_TO_VACCINATE,
    "vaccins": EVERY_WAY_TO_VACCINATE,
    "vaccinée": EVERY_WAY_TO_VACCINATE,
    "enfant": {"rougeole", "ecrans"},
    "allergies": {"allergie", "pollens"},
    "allergique": {"allergie", "pollens"},
    "diabétique": {"diabete"},
    "diabete": {"diabete"},
    "yeux": {"yeux", "aidants"},
    "œil": {"yeux", "aidants"},
    "médicaments": MEDICINE,
    "infirmier": {"urgences"},
    "pharmacien": {"pharmacie", "antibiotiques"},
    "bébé": {"rougeole", "vitamine-d"},
    "bebes": {"rougeole", "vitamine-d"},
    "dépressions": {"depression"},
    "tumeurs": {"sein"},
    # several words, in any order, with the small words of a sentence
    "vaccin enfant": {"rougeole"},
    "enfant vaccin": {"rougeole"},
    "comment soigner une angine ?": {"antibiotiques"},
    "qu'est-ce que la mélatonine": {"melatonine"},
    "l hopital": {"hopital", "urgences"},
    "sommeil des enfants": {"ecrans"},
    "médicament ordonnance hôpital": {"hopital"},
    "grippe rougeole": set(),
    "sans sel": {"sel"},
    "été": {"canicule"},
    # letters and numbers that are part of a name
    "vitamine D": {"vitamine-d"},
    "vitamine c": {"vitamine-c"},
    "vitamine": {"vitamine-d", "vitamine-c"},
    "hépatite b": {"hepatite"},
    "hépatite C": set(),
    "covid-19": {"covid"},
    "covid 19": {"covid"},
    "3114": {"depression"},
    "diabète type 2": {"diabete"},
    "anti-inflammatoire": {"canicule"},
    # authors and keywords
    "sauge": {
        "rougeole",
        "hopital",
        "diabete",
        "melatonine",
        "antibiotiques",
        "vitamine-d",
        "hepatite",
        "covid",
    },
    "arc-en-ciel": {"allergie", "dos", "aidants"},
    "Dr Sauge sommeil": {"melatonine"},
    "activité physique": {"diabete"},
    "santé mentale": {"depression"},
    # phrases
    '"mal de dos"': {"dos"},
    "« mal de dos »": {"dos"},
    "“mal de dos”": {"dos"},
    "mal dos": {"dos", "migraine"},
    '"dos mal"': set(),
    '"apnée du sommeil"': {"sommeil"},
    '"vaccin protège"': {"grippe"},
    '"protège vaccin"': set(),
    '"médecin traitant" lettre': {"hopital"},
    '"mal de tête': {"migraine"},
    '"rougeole revient" "deux doses"': {"rougeole"},
    # the end of the title and the beginning of the standfirst are no phrase
    '"école deux doses"': set(),
    # exclusion
    "vaccin -enfant": {"grippe"},
    "sommeil -ronfleur": {"melatonine", "ecrans"},
    "sommeil -mélatonine -écrans": {"sommeil"},
    'douleur -"mal de dos"': {"migraine", "yeux"},
    "-médicament allergie": {"allergie", "pollens"},
    "anti-douleur": set(),
    "rhume - vitamine": {"vitamine-c"},
    # signs that mean nothing here
    "vaccin*": EVERY_WAY_TO_VACCINATE,
    "title:grippe": set(),
    "grippe OR": {"grippe"},  # « or » is one of the small words
    "(grippe)": {"grippe"},
    "grippe !!!": {"grippe"},
    "grippe ' OR 1=1 --": set(),
    # nothing of the kind
    "chiropracteur": set(),
    "grippe aviaire": set(),
}


@pytest.fixture(autouse=True)
def found(corpus):
    """Return the names of what a query finds, in order."""
    names = {article.pk: name for name, article in corpus.items()}
    return lambda text, **options: [
        names[item.article.pk]
        for item in find(parse_query(text), Filters(), **{"size": 50, **options}).page.items
    ]


def test_readers_find_what_they_mean(found):
    assert len(QUERIES) >= 60
    assert {text: set(found(text)) for text in QUERIES} == QUERIES


@pytest.mark.parametrize("by_date", [False, True])
def test_count_is_the_number_found(by_date):
    for text, expected in QUERIES.items():
        assert find(parse_query(text), Filters(), by_date=by_date).count == len(expected), text


def test_order_by_date_finds_the_same(found):
    assert {text: set(found(text, by_date=True)) for text in QUERIES} == QUERIES


def test_title_comes_before_standfirst_before_text():
    section = make_section("Essais")
    places = {
        "body": {"body": "<p>Un cas de scorbut.</p>"},
        "standfirst": {"standfirst": "Le scorbut."},
        "title": {"title": "Le scorbut"},
    }
    made = {name: make_article(section=section, **fields).pk for name, fields in places.items()}
    often = make_article(section=section, body="<p>Scorbut, scorbut et scorbut.</p>").pk
    order = [item.article.pk for item in find(parse_query("scorbut"), Filters()).page.items]
    assert order == [made["title"], made["standfirst"], often, made["body"]]


def test_one_word_in_the_title_comes_before_both_in_passing():
    passing = make_article(body="<p>Le scorbut des marins.</p>").pk
    title = make_article(
        title="Le scorbut",
        body="<p>Une maladie de marins.</p>",
        published_at=Article.objects.get(pk=passing).published_at,
    ).pk
    assert [
        item.article.pk for item in find(parse_query("scorbut marins"), Filters()).page.items
    ] == [title, passing]


def test_within_a_level_the_newest_comes_first(found):
    assert found("sommeil", by_date=True) == ["sommeil", "ecrans", "melatonine"]
    assert found("dépistage") == ["sein", "hepatite"]


@pytest.fixture(params=["small site", "large site"])
def size_of_site(request, monkeypatch):
    """PostgreSQL asks the newest months first where there are many articles."""
    if request.param == "large site":
        for module in ("fulltext", "results"):
            monkeypatch.setattr(f"search.{module}.MOST_COUNTED", 3)
        monkeypatch.setattr("search.fulltext.RECENT", 7)
        forget_months()


@pytest.mark.parametrize("by_date", [False, True])
def test_pages_neither_skip_nor_repeat_while_articles_are_published(many, by_date, size_of_site):
    options = {"by_date": by_date, "size": 5}
    whole = [
        item.article.pk
        for item in find(parse_query("scorbut"), Filters(), by_date=by_date, size=50).page.items
    ]
    assert set(whole) == set(many)
    page, seen, back = find(parse_query("scorbut"), Filters(), **options).page, [], []
    assert page.newer == ""
    while True:
        seen += [item.article.pk for item in page.items]
        make_article(title="Du scorbut entre-temps")
        if not page.older:
            break
        page = find(parse_query("scorbut"), Filters(), after=page.older, **options).page
    assert [pk for pk in seen if pk in many] == whole
    while page.newer:
        page = find(parse_query("scorbut"), Filters(), before=page.newer, **options).page
        back = [item.article.pk for item in page.items] + back
    assert [pk for pk in back if pk in many] == whole[: len(back) - len(set(back) - set(many))]
    assert len(set(back)) == len(back)


def test_page_that_is_gone_begins_again(many):
    first = find(parse_query("scorbut"), Filters(), size=22).page
    Article.objects.filter(pk=many[2]).delete()  # the oldest in the text: the last one
    again = find(parse_query("scorbut"), Filters(), size=22, after=first.older).page
    assert [item.article.pk for item in again.items] == [item.article.pk for item in first.items]


def test_cursor_from_a_query_with_more_levels_begins_again(many):
    last = find(parse_query("scorbut"), Filters(), size=22).page  # among the words of the text
    phrase = make_article(title="Le scorbut des marins")  # phrases alone are no theme: a level less
    page = find(parse_query('"scorbut marins"'), Filters(), after=last.older).page
    assert [item.article.pk for item in page.items] == [phrase.pk]
