"""What readers type and what they find: the same on SQLite and PostgreSQL."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from lib.web.limits import Limit
from search.query import Filters, parse_query
from search.results import find
from tests.factories import make_article, make_section
from tests.search.search_corpus import make_corpus

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
    '"école deux doses"': set(),  # the end of the title and the beginning of the standfirst are no phrase
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


@pytest.fixture(scope="module")
def corpus(django_db_setup, django_db_blocker):
    """Publish the magazine once; each test then has its own savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_corpus()
        transaction.set_rollback(True)


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


# --- the page ---


def search(client, **parameters):
    return client.get("/recherche", parameters)


def titles(response):
    return {item.article.title for item in response.context["page"].items}


def test_filters_narrow(client, corpus):
    quotidien = search(client, q="sommeil", rubrique="sante-au-quotidien")
    assert titles(quotidien) == {corpus["sommeil"].title, corpus["melatonine"].title}
    assert titles(search(client, q="vitamine", rubrique="sante-au-quotidien")) == {
        corpus["vitamine-c"].title
    }, "of a sub-section"
    assert titles(search(client, q="sommeil", auteur="dr sauge")) == {corpus["melatonine"].title}
    assert titles(search(client, q="sommeil", mot="ECOLE")) == {corpus["ecrans"].title}
    assert titles(search(client, q="sommeil", du="2026-02-18", au="2026-04-01")) == {
        corpus["ecrans"].title
    }
    assert titles(search(client, mot="dépistage")) == {
        corpus["sein"].title,
        corpus["hepatite"].title,
    }, "without a word"


def test_nonsense_in_filters_is_left_aside(client):
    everything = titles(search(client, q="sommeil"))
    for name in ("rubrique", "type", "depuis", "du", "au", "tri", "apres", "avant"):
        for value in ("x", "9" * 40, "2026-13-45", "\x00", "' OR 1"):
            assert titles(search(client, q="sommeil", **{name: value})) == everything, (name, value)


def test_period_ends_with_now(client):
    new = make_article(title="Du scorbut")
    assert titles(search(client, q="scorbut", depuis="30")) == {new.title}
    assert search(client, q="hépatite", depuis="30").context["count"] == 0


def test_words_are_marked_and_safe(client):
    make_article(
        title="Scorbut & <b>marins</b>",
        body="<p>"
        + "Rien ici. " * 60
        + "C’est le scorbut &lt;script&gt;alert(1)&lt;/script&gt; des marins.</p>",
    )
    html = search(client, q="scorbut marins <script>alert(2)</script>").content.decode()
    assert "<script>alert" not in html
    html = search(client, q="scorbuts marin").content.decode()
    assert "<mark>Scorbut</mark> &amp; &lt;b&gt;<mark>marins</mark>&lt;/b&gt;" in html
    assert (
        "le <mark>scorbut</mark> &lt;script&gt;alert(1)&lt;/script&gt; des <mark>marins</mark>"
        in html
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("melatonyne", "mélatonine"),
        ("vacination", "vaccination"),
        ("rougeolle", "rougeole"),
        ("migrianes", ""),
        ("migriane", "migraine"),
        ("medcin travail", "médecin travail"),
        ('"mal de doss" fièvre', '"mal de dos" fièvre'),
        ("xyzzy", ""),
    ],
)
def test_one_mistyped_letter_is_parse_query(client, typed, meant):
    proposal = search(client, q=typed).context["proposal"]
    assert (proposal.text if proposal else "") == meant
    if proposal:
        assert search(client, q=proposal.text).context["count"] == proposal.count > 0


def test_nothing_found_helps(client):
    html = search(client, q="melatonyne").content.decode()
    for words in (
        "Aucun résultat",
        "Vouliez-vous dire",
        'href="?q=m%C3%A9latonine"',
        "Parcourez une rubrique",
        "Comment chercher",
    ):
        assert words in html, words


def test_authors_and_themes_have_lists_of_their_own(client):
    html = search(client, q="médecins", type="auteurs").content.decode()
    assert "Dr Sauge" in html
    assert "Arc-en-Ciel" not in html
    html = search(client, q="saison", type="themes").content.decode()
    assert "/sante-au-quotidien/saisons/" in html
    assert "/mots-cles/saisons/" in html
    assert "1 article" in html


def test_page_says_what_it_is(client):
    html = search(client, q="vaccin").content.decode()
    assert '<link rel="canonical" href="http://localhost/recherche">' in html, (
        "robots keep one search, not one for each word"
    )
    title = html.partition("<title>")[2].partition("</title>")[0]
    assert "2 résultats pour" in title
    assert "vaccin" in title
    assert search(client).status_code == 200


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": "sommeil"},
        {"q": "melatonyne"},
        {"q": "médecin", "type": "auteurs"},
        {"q": "hiver", "type": "themes"},
        {},
    ],
)
def test_page_costs_at_most_six_queries(client, parameters):
    with CaptureQueriesContext(connection) as queries:
        assert search(client, **parameters).status_code == 200
    assert len(queries) <= 6, [query["sql"][:120] for query in queries]


def test_suggestions_come_at_the_same_address(client):
    ask = {"headers": {"X-Requested-With": "suggestions"}}
    response = client.get("/recherche", {"q": "mel"}, **ask)
    assert response.json() == {"suggestions": ["Mélatonine : pour qui, pour combien de temps"]}
    assert "X-Requested-With" in response["Vary"]
    assert client.get("/recherche", {"q": "aller"}, **ask).json()["suggestions"] == [
        "allergie",
        "Mon fils allergique à la cantine",
    ]
    assert (
        "Santé au quotidien"
        in client.get("/recherche", {"q": "sante au"}, **ask).json()["suggestions"]
    )
    for text in ("", "a", "\x00", "le", "'", "%", "_", "\\"):
        assert client.get("/recherche", {"q": text}, **ask).json() == {"suggestions": []}, text


def test_searches_are_limited_per_network(client, monkeypatch):
    monkeypatch.setattr(
        "lib.web.limits.allow", lambda scope, key, **_: Limit(scope != "search:network", 60)
    )
    response = search(client, q="vaccin")
    assert response.status_code == 429
    assert response["Retry-After"] == "60"


# --- pages of results ---


@pytest.fixture
def many(db):
    section = make_section("Beaucoup")
    made = []
    for n in range(23):
        place = (
            {"title": f"Scorbut {n}"}
            if n % 3 == 0
            else {"standfirst": f"Scorbut {n}."}
            if n % 3 == 1
            else {"body": f"<p>Scorbut {n}.</p>"}
        )
        made.append(make_article(section=section, **place).pk)
    return made


@pytest.mark.parametrize("by_date", [False, True])
def test_pages_neither_skip_nor_repeat_while_articles_are_published(many, by_date):
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


def test_count_is_capped_and_says_so(client, many, monkeypatch):
    monkeypatch.setattr("search.results.MOST_COUNTED", 10)
    response = search(client, q="scorbut")
    assert response.context["count"] == 10
    assert "Plus de 10 résultats" in response.content.decode()


def test_address_with_a_slash_leads_on(client, db):
    response = client.get("/recherche/", {"q": "œdème"})
    assert (response.status_code, response["Location"]) == (301, "/recherche?q=%C5%93d%C3%A8me")
    assert client.get("/en/recherche/")["Location"] == "/en/recherche"
