"""French as readers write it finds French as authors write it: numbers, compounds, names, forms.

Every pair is read both ways, so that it does not matter who writes which.
"""

from pathlib import Path

import pytest

from articles import publishing
from lib.french.words import tokens
from search import names
from search.query import Filters, parse_query
from search.results import find
from taxonomy.models import Tag
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db

SAME = [
    # numbers, and the space that groups them
    ("1000 mg", "1 000 mg"),
    ("1000 mg", "1\u00a0000 mg"),
    ("1000 mg", "1\u202f000 mg"),
    ("20000", "20 000"),
    ("1200000", "1 200 000"),
    ("0800840800", "0 800 840 800"),
    ("-20 °C", "20 °C"),
    ("perdre -5 kg", "perdre 5 kg"),
    ("vitamine D -10", "vitamine D 10"),
    ("−18 °C", "-18 °C"),
    ("½ comprimé", "1/2 comprimé"),
    ("1½ comprimé", "1 1/2 comprimé"),
    # letters and digits
    ("500mg", "500 mg"),
    ("2l", "2 l"),
    ("12h", "12 h"),
    ("vitamine B12", "vitamine B 12"),
    ("vitamine B12", "vitamine B-12"),
    ("B12", "B 12"),
    ("B12", "B-12"),
    ("vitamine D3", "vitamine D-3"),
    ("oméga3", "oméga-3"),
    ("T4", "T 4"),
    ("H1N1", "H1-N1"),
    ("CD4", "CD 4"),
    ("CO2", "CO₂"),
    ("m2", "m²"),
    # names
    ("covid19", "covid-19"),
    ("COVID-19", "Covid19"),
    ("SARS-CoV2", "SARS-CoV-2"),
    ("sarscov2", "SARS-CoV-2"),
    # hyphens and compounds
    ("antiinflammatoire", "anti-inflammatoire"),
    ("anti inflammatoire", "antiinflammatoires"),
    ("anti inflammatoire", "anti-inflammatoire"),
    ("autotest", "auto-tests"),
    ("week-end", "weekends"),
    ("portemonnaie", "porte-monnaie"),
    ("cardiovasculaire", "cardio-vasculaire"),
    ("micro-organismes", "microorganisme"),
    ("post-opératoire", "postopératoires"),
    ("gastroentérite", "gastro\u2011entérites"),
    ("tirelait", "tire-lait"),
    ("e-santé", "esanté"),
    ('"traitement anti-inflammatoire"', "traitement antiinflammatoire"),
    # acronyms
    ("SAMU", "S.A.M.U."),
    ("v.i.h.", "VIH"),
    ("C.H.U", "CHU"),
    # forms of a word
    ("radio", "radios"),
    ("ado", "ados"),
    ("cheveu", "cheveux"),
    ("tuyau", "tuyaux"),
    ("virus", "virus"),
    ("tissu", "tissus"),
    ("essai clinique", "essais cliniques"),
    ("œil", "yeux"),
    ("travail", "travaux"),
    ("mal de tête", "maux de tête"),
    ('"mal de tête"', "maux de tête"),
    ("genou", "genoux"),
    ("sec", "sèche"),
    ("bénin", "bénigne"),
    ("doux", "douces"),
    ("lit petit", "petites lits"),
    ("âgé", "âgées"),
    # what common words mean beside the others
    ("ver intestinal", "des vers intestinaux"),
]

FOUND = [
    ("vers", "Des vers intestinaux."),
    ("vers", "Il marche vers la mer."),
    ("vers", "Le ver solitaire."),
    ("son", "Le son des cloches."),
    ("Son ?", "On prend son temps."),
    ('"vers"', "Des vers intestinaux."),
    ("vers -grippe", "Des vers intestinaux."),
    ("inflammatoire", "Un anti-inflammatoire."),
    ("test", "Un auto-test."),
    ("10⁹", "Des plaquettes à 10<sup>9</sup>/L."),
    ("texte", "Un texte<sup>1</sup>."),
]

NOT_FOUND = [
    ("109", "Des plaquettes à 10⁹/L."),
    ("109", "Des plaquettes à 10<sup>9</sup>/L."),
    ("10⁹", "Il y en a 109."),
    ("42", "Une chambre de 4² lits."),
    ("vers -grippe", "Il va vers la grippe."),
    ("B12", "Une vitamine B donnée à 12 enfants."),
    ("1012", "De 10-12 ans."),
    ("auto", "L’autorité autonome."),
    ("150", "En 2 150 lits."),
    ("vaccin -5ans -grippe", "Le vaccin de la grippe à 5 ans."),
]


STRANGERS = [
    ("foie", "fois"),
    ("infirme", "infirmier"),
    ("hépatite", "hépatique"),
    ("moi", "mois"),
    ("pays", "paie"),
    ("os", "osé"),
    ("colère", "colle"),
    ("travail", "traverse"),
    ("cicatrice", "cité"),
    ("oreiller", "oreille"),
    ("selles", "sel"),
    ("mère", "mer"),
    ("dose", "dos"),
    ("foie", "foi"),
    ("papier", "papi"),
    ("PAI", "paie"),
    ("jeune", "à jeun"),
    ("boîte", "boiter"),
    ("répit", "repas"),
    ("temps", "tempe"),
]
PAIRS = Path(__file__).with_name("pairs.tsv")
SHARE_FOUND = 0.97


def test_forms_of_a_word_meet():
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t")[1:] for line in lines if not line.startswith("#")][1:]
    assert len(pairs) >= 300
    apart = [pair for pair in pairs if tokens(pair[0]) != tokens(pair[1])]
    assert 1 - len(apart) / len(pairs) >= SHARE_FOUND, apart


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_strangers_do_not_meet(one, other):
    assert tokens(one) != tokens(other)


def finds(query, text):
    article = make_article(body=f"<p>On lit {text}</p>")
    return article.pk in {
        item.article.pk for item in find(parse_query(query), Filters()).page.items
    }


@pytest.mark.parametrize(("one", "other"), SAME)
def test_both_are_found_by_each(one, other):
    assert finds(one, f"{other} ici.")
    assert finds(other, one.replace('"', "") + " ici.")


@pytest.mark.parametrize(("query", "text"), FOUND)
def test_query_finds_the_text(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(("query", "text"), NOT_FOUND)
def test_query_does_not_find_the_text(query, text):
    assert not finds(query, text)


def test_lone_common_word_is_best_in_a_title():
    section = make_section("Essais")
    title = make_article(section=section, title="Les vers").pk
    later = make_article(section=section, body="<p>Il va vers la mer.</p>").pk
    found = [item.article.pk for item in find(parse_query("vers"), Filters()).page.items]
    assert found == [title, later]


def test_common_word_beside_another_is_not_asked_for():
    article = make_article(body="<p>Le scorbut.</p>")
    found = find(parse_query("vers le scorbut"), Filters()).page.items
    assert [item.article.pk for item in found] == [article.pk]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("œil", "Yeux"),
        ("maux de tête", "Mal de tête"),
        ("diagnostics", "Diagnostic"),
        ("actives", "Actif"),
        ("covid19", "Covid-19"),
        ("anti-inflammatoire", "Antiinflammatoires"),
        ("weekend", "Week-end"),
        ("vers", "Vers"),
    ],
)
def test_keyword_is_found_by_the_forms_of_its_words(query, name):
    article = make_article(published=False)
    article.tags.set(Tag.objects.named([name, "rhume"]))
    publishing.publish(article, actor=None)
    assert [tag.name for tag in names.tags(parse_query(query))] == [name]
    assert [tag.name for tag in names.tags(parse_query(f'rhume -"{query}"'))] == ["rhume"]
