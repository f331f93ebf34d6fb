"""The words of a query name a medicine: what is in it, where its official sheet is."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from search.medicines import files, found, importing, sought
from search.medicines.brands import brand, brand_key
from search.models import SearchWord
from search.query import parse_query
from search.spelling import unknown_words
from tests.search.bdpm import FOLDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def medicines(db):
    importing.replace(files.read(FOLDER).rows)


def asked(text):
    query = parse_query(text)
    unknown = [word.folded for word in unknown_words(query)]
    return found([word.folded for word in query.typed], unknown)


def substances(*words):
    return sought(found(words, words))


def names(text):
    return [medicine.name for medicine in asked(text)]


@pytest.mark.parametrize(
    ("name", "its_brand", "key"),
    [
        ("DOLIPRANE 1000 mg, comprimé", "DOLIPRANE", "doliprane"),
        ("DOLIPRANE 2,4 POUR CENT SANS SUCRE, suspension", "DOLIPRANE", "doliprane"),
        ("NUROFEN ENFANTS ET NOURRISSONS 20 mg/ml, suspension", "NUROFEN", "nurofen"),
        ("CO-DOLIPRANE, comprimé", "CO-DOLIPRANE", "co doliprane"),
        ("ASPIRINE DU RHÔNE 500 mg, comprimé", "ASPIRINE DU RHÔNE", "aspirine rhone"),
        ("VITAMINE B12 INVENTÉE 1 mg", "VITAMINE B12 INVENTÉE", "vitamine b 12 inventee"),
        ("A 313 200 000 UI POUR CENT, pommade", "A 313 200 000 UI POUR CENT", None),
        ("ŒDÉMINE (invention), gélule", "ŒDÉMINE", "oedemine"),
        ("ENFANTS", "ENFANTS", "enfants"),
        ("---", "---", ""),
    ],
)
def test_brand_is_what_stands_before_dose_and_form(name, its_brand, key):
    assert brand(name) == its_brand
    if key is None:
        assert brand_key(name) not in {"", "a"}
    else:
        assert brand_key(name) == key


@pytest.mark.usefixtures("medicines")
def test_brand_is_one_entry_whatever_its_doses():
    (medicine,) = asked("le doliprane et la grossesse")
    assert medicine.name == "DOLIPRANE"
    assert medicine.substances == ("paracétamol",)
    assert (medicine.is_one_of_several, medicine.is_mixed, medicine.is_exact) == (True, False, True)
    assert medicine.sheet == (
        "https://base-donnees-publique.medicaments.gouv.fr/medicament/10000001/extrait"
    )


@pytest.mark.usefixtures("medicines")
def test_accents_capitals_and_ligatures_do_not_count():
    assert names("Zephyrine") == names("ZÉPHYRINE") == ["ZÉPHYRINE"]
    assert names("oedemine") == ["ŒDÉMINE"]


@pytest.mark.usefixtures("medicines")
def test_name_of_two_words_hides_the_one_within():
    assert names("spasfon") == ["SPASFON"]
    assert names("spasfon lyoc 80") == ["SPASFON LYOC"]
    assert names("spasfon ou doliprane") == ["SPASFON", "DOLIPRANE"]


@pytest.mark.usefixtures("medicines")
def test_three_names_at_most_in_the_order_of_the_query():
    assert names("œdémine spasfon zéphyrine doliprane") == ["ŒDÉMINE", "SPASFON", "ZÉPHYRINE"]


@pytest.mark.usefixtures("medicines")
@pytest.mark.parametrize("typed", ["dolipranne", "dolipran", "doilprane", "dolipranes"])
def test_one_slip_in_a_long_word_is_forgiven(typed):
    (medicine,) = asked(typed)
    assert (medicine.name, medicine.is_exact) == ("DOLIPRANE", False)


@pytest.mark.usefixtures("medicines")
@pytest.mark.parametrize("typed", ["toliprane", "dolipame", "brevo", "80", "a", ""])
def test_nothing_else_is_forgiven(typed):
    importing.replace([*files.read(FOLDER).rows, files.Row(10000099, "BRÉVI, gélule", "brevi", "")])
    assert names("brévi") == ["BRÉVI"]
    assert names(typed) == []


@pytest.mark.usefixtures("medicines")
def test_slip_counts_only_where_nothing_is_exact():
    assert names("spasfon dolipranne") == ["SPASFON"]


@pytest.mark.usefixtures("medicines")
def test_word_that_articles_have_is_no_slip():
    assert names("zephyrines") == ["ZÉPHYRINE"]
    SearchWord.objects.create(folded="zephyrines", shown="zéphyrines")
    assert names("zephyrines") == []


@pytest.mark.usefixtures("medicines")
def test_substance_is_no_brand():
    assert names("glucose") == []


def test_one_query_at_most(django_assert_num_queries, medicines):
    for text in ("doliprane", "dolipranne spasfonn", "rien de tel ici vraiment"):
        with django_assert_num_queries(1):
            found(text.split(), text.split())
    with django_assert_num_queries(1):
        assert substances("doliprane") == ["paracétamol"]
    with django_assert_num_queries(0):
        assert found([]) == found(["12", ""]) == []
        assert substances() == []


def test_nothing_is_found_before_an_import():
    assert names("doliprane") == []


@pytest.mark.usefixtures("medicines")
def test_query_of_any_length_is_taken():
    assert found([f"motlong{'abcdefghij'[n % 10]}" for n in range(500)]) == []
    assert found(["é" * 10_000, "œ", "𝒟oliprane"]) == []


@pytest.mark.usefixtures("medicines")
def test_substances_are_looked_for_without_their_salts_and_only_a_few():
    assert substances("oedemine") == ["œdémapril"]
    assert substances("zephyrine") == ["zéphyramol"]
    assert substances("foison", "plantes") == []
    assert sought([]) == []


@pytest.mark.usefixtures("medicines")
def test_slip_that_may_mean_two_brands_is_not_looked_for():
    assert substances("dolipranne") == ["paracétamol"]
    other = files.Row(10000099, "DOLIPRANNO, gélule", "dolipranno", "AUTREXATE")
    importing.replace([*files.read(FOLDER).rows, other])
    assert names("dolipranne") == ["DOLIPRANE", "DOLIPRANNO"]
    assert substances("dolipranne") == []


def drawn(text, language="fr"):
    with translation.override(language):
        return render_to_string("search/_medicines.html", {"medicines": asked(text)})


@pytest.mark.usefixtures("medicines")
def test_page_says_what_is_in_it_and_asks_to_see_a_pharmacist():
    html = drawn("doliprane")
    assert "Un médicament porte ce nom" in html
    assert ">DOLIPRANE</h3>" in html
    assert "Substance active\u00a0:" in html
    assert ">paracétamol</span>" in html
    assert "Demandez à un pharmacien avant de prendre, d’arrêter ou d’associer" in html
    assert "Fiche dans la base publique des médicaments" in html
    assert 'rel="external noopener noreferrer"' in html
    assert "(une des présentations)" in html
    assert "1000" not in html.replace("/10000001/", "")


@pytest.mark.usefixtures("medicines")
def test_page_says_which_of_several():
    assert "(une des présentations)" not in drawn("zephyrine")
    mixed = drawn("duplexine")
    assert "Substances actives, selon la présentation\u00a0:" in mixed
    assert "autrexate, duplexate" in mixed
    assert "Des médicaments portent ces noms" in drawn("spasfon doliprane")
    assert "Un médicament porte un nom proche" in drawn("dolipranne")


@pytest.mark.usefixtures("medicines")
def test_long_list_of_substances_is_cut_and_says_so():
    html = drawn("foison plantes")
    assert "plante alpha, plante bêta, plante gamma, plante delta" in html
    assert "plante êta" not in html
    assert "et 2 autres" in html


@pytest.mark.usefixtures("medicines")
def test_lone_letters_stay_capital():
    assert asked("duplexine rêve")[0].substances == ("duplexate", "somniférol B2")


@pytest.mark.usefixtures("medicines")
def test_page_in_english_marks_what_is_french():
    html = drawn("doliprane", "en")
    assert "Ask a pharmacist" in html
    assert '<h3 class="teaser__title" lang="fr">DOLIPRANE</h3>' in html


def test_nothing_is_drawn_without_a_name():
    assert drawn("sommeil").strip() == ""
