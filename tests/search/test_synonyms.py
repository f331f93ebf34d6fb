"""Words that go together: the file, the rows of the editors, what becomes of them in a query."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lib.french.compounds import clauses, phrase
from lib.french.words import tokens
from lib.text import fold
from search import synonyms
from search.models import LONGEST_SPAN, Synonym
from search.synonyms import RELATED, SAME, WEIGHTS, Alternative, alternatives, pairs_of_file

pytestmark = pytest.mark.django_db


def pair(words, others, kind=SAME):
    cache.clear()
    return Synonym.objects.create(words=words, others=others, kind=kind)


def led_to(text, others):
    """Return the weight with which the whole query leads there; 0 where it does not."""
    typed, wanted = tokens(text), tuple(tokens(others))
    found = alternatives(typed)
    weights = [
        one.weight for one in found if (one.start, one.stop, one.tokens) == (0, len(typed), wanted)
    ]
    return max(weights, default=0)


def test_file_has_many_pairs_that_say_something_once():
    pairs = pairs_of_file()
    assert len(pairs) >= 750
    assert {kind for _words, _others, kind in pairs} == {SAME, RELATED}
    sides = [frozenset(tuple(tokens(side)) for side in one[:2]) for one in pairs]
    assert [one for one, both in zip(pairs, sides, strict=True) if len(both) != 2] == []
    assert len(set(sides)) == len(pairs)
    long = [side for both in sides for side in both if not 0 < len(side) <= LONGEST_SPAN]
    assert long == []


def test_sides_of_the_file_are_not_one_word_already():
    def ways(side):
        return set(phrase(ways for _words, ways in clauses(side)))

    assert [one for one in pairs_of_file() if ways(one.words) & ways(one.others)] == []


def test_file_is_written_cleanly():
    lines = synonyms.FILE.read_text(encoding="utf-8").splitlines()
    fields = [field for line in lines if not line.startswith("#") for field in line.split("\t")]
    assert [field for field in fields if field != field.strip() or len(field) > 80] == []


@pytest.mark.parametrize(
    ("words", "others", "kind"),
    [
        ("rhume des foins", "pollinose", SAME),
        ("cacahuète", "arachide", SAME),
        ("prise de sang", "bilan sanguin", SAME),
        ("doliprane", "paracétamol", SAME),
        ("burn out", "épuisement professionnel", SAME),
        ("burn-out", "épuisement", RELATED),
        ("tension", "hypertension", RELATED),
        ("cholestérol", "dyslipidémie", RELATED),
        ("crise cardiaque", "infarctus", SAME),
        ("attaque", "AVC", RELATED),
        ("sucre", "diabète", RELATED),
        ("gosse", "enfant", SAME),
        ("toubib", "médecin", SAME),
        ("hosto", "CHU", RELATED),
        ("kiné", "kinésithérapeute", SAME),
        ("ado", "adolescent", SAME),
        ("PTG", "prothèse de genou", SAME),
        ("INCI", "ingrédients", SAME),
        ("influenza", "grippe", SAME),
        ("visio", "téléconsultation", SAME),
        ("fake news", "désinformation", SAME),
        ("ronfleur", "ronflement", SAME),
        ("dormir", "sommeil", RELATED),
        ("manger", "alimentation", RELATED),
        ("maigrir", "poids", RELATED),
        ("respirer", "respiratoire", SAME),
        ("oublier", "oubli", SAME),
        ("démangeaison", "gratter", RELATED),
        ("bouton", "acné", RELATED),
        ("fatigue", "épuisement", SAME),
        ("IRM", "imagerie par résonance magnétique", SAME),
        ("MST", "IST", SAME),
        ("SOP", "ovaires polykystiques", SAME),
        ("TDAH", "trouble de l’attention", SAME),
        ("ventre", "abdomen", SAME),
        ("nez", "nasal", SAME),
        ("sécu", "assurance maladie", SAME),
        ("covid", "coronavirus", SAME),
    ],
)
def test_readers_and_doctors_words_lead_to_each_other(words, others, kind):
    assert (led_to(words, others), led_to(others, words)) == (WEIGHTS[kind], WEIGHTS[kind])


@pytest.mark.parametrize(
    "word", ["vacciner", "hôpitaux", "ronfler", "maux de tête", "insomniaques"]
)
def test_forms_of_one_word_need_no_line(word):
    forms = {
        "vacciner": "vaccin",
        "hôpitaux": "hosto",
        "ronfler": "ronflement",
        "maux de tête": "mal à la tête",
        "insomniaques": "insomniaque",
    }
    assert tokens(word) == tokens(forms[word])


def test_name_on_a_box_leads_to_its_own_substance_alone():
    for name, substance in (("Doliprane", "paracétamol"), ("Advil", "ibuprofène")):
        [only] = alternatives(tokens(name))
        assert only.tokens == tuple(tokens(substance))
    assert led_to("Ozempic", "Wegovy") == led_to("Doliprane", "Dafalgan") == 0


def test_nothing_leads_to_or_from_a_word_of_danger():
    said = " ".join(fold(f"{words} {others}") for words, others, _kind in pairs_of_file())
    for word in ("suicid", "overdose", "surdos", "pendaison", "scarif", "automutil", " poison "):
        assert word not in said


def test_equal_of_a_word_leads_where_the_word_leads_and_no_further():
    pair("bigophone", "téléphone")
    pair("téléphone", "standardiste", RELATED)
    pair("standardiste", "accueil", RELATED)
    assert led_to("bigophone", "standardiste") == 0.5
    assert led_to("bigophone", "accueil") == led_to("téléphone", "accueil") == 0


def test_alternative_stands_in_its_place():
    typed = tokens("le rhume des foins chez un gosse")
    assert alternatives(typed)[0] == Alternative(0, 2, ("pollinos",), 0.9)
    assert Alternative(2, 3, ("enfant",), 0.9) in alternatives(typed)


def test_longest_known_words_are_read_as_a_whole():
    panic = alternatives(tokens("attaque de panique"))
    assert panic
    assert {(one.start, one.stop) for one in panic} == {(0, 2)}


@pytest.mark.parametrize("written", ["antidouleur", "anti-douleur", "anti douleur"])
def test_hyphen_makes_no_difference(written):
    assert led_to(written, "antalgique") == 0.9


def test_row_adds_a_pair_both_ways_whatever_its_forms():
    assert led_to("patraque", "souffrant") == 0
    pair("Patraques", "souffrants", RELATED)
    assert led_to("patraque", "souffrante") == led_to("souffrant", "patraque") == 0.5


def test_row_that_holds_apart_switches_a_pair_of_the_file_off_and_no_other():
    row = pair("arachides", "CACAHUETE", synonyms.APART)
    assert led_to("cacahuète", "arachide") == led_to("arachide", "cacahuète") == 0
    assert led_to("cacahouète", "arachide") == 0.9
    row.delete()
    cache.clear()
    assert led_to("cacahuète", "arachide") == 0.9


def test_row_counts_before_the_file_and_the_newest_before_all():
    pair("bouton", "acné")
    assert led_to("acné", "bouton") == 0.9
    pair("acnés", "boutons", synonyms.APART)
    assert led_to("acné", "bouton") == 0


def test_rows_come_first_of_those_worth_the_same():
    pair("enfant", "loupiot")
    assert alternatives(["enfant"])[0].tokens == ("loupiot",)


def test_row_that_says_nothing_is_left_aside():
    for words, others in (("de la", "douleur"), ("douleur", "douleurs"), ("#", "mal")):
        pair(words, others)
    pair("deux trois quatre cinq six", "sept")
    assert led_to("sept", "deux trois quatre cinq six") == 0
    assert led_to("sommeil", "dormir") == 0.5


def test_limits_hold_and_the_closest_come_first():
    typed = [f"k{word}k" for word in "abcdefghijkl"]
    for n in range(9):
        for word in typed:
            Synonym.objects.create(words=word, others=f"b{word}{n}", kind=SAME)
    found = alternatives([*typed[:3], "sommeil"])
    assert [one.start for one in found[:18]] == [0] * 6 + [1] * 6 + [2] * 6
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    assert len(found) == 24
    assert len(alternatives(typed)) == 40
    assert alternatives(typed) == alternatives(typed)


def test_any_query_is_answered():
    for typed in ([], ["x"], ["mal"] * 500, ["", "\x00"]):
        assert len(alternatives(typed)) <= 40


def test_rows_are_asked_for_once(settings):
    alternatives(["sommeil"])
    with CaptureQueriesContext(connection) as queries:
        for _n in range(5):
            alternatives(["sommeil"])
    assert len(queries) <= 1


@pytest.mark.parametrize(
    ("words", "others", "field"),
    [
        ("de la", "douleur", "words"),
        ("deux trois quatre cinq six", "sept", "words"),
        ("sept", "deux trois quatre cinq six", "others"),
        ("douleur", "douleurs", "others"),
        ("arachide", "cacahuète", "others"),
    ],
)
def test_pair_that_the_search_could_make_nothing_of_is_refused(words, others, field):
    pair("cacahuète", "arachide", synonyms.APART)
    with pytest.raises(ValidationError) as refusal:
        Synonym(words=words, others=others).full_clean()
    assert list(refusal.value.message_dict) == [field]


def test_database_keeps_the_kinds_and_each_pair_once():
    pair("bobo", "plaie")
    for fields in ({"words": "bobo", "others": "plaie"}, {"kind": "OTHER"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Synonym.objects.create(**{"words": "a1", "others": "b1", **fields})
