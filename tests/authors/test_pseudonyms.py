import pytest
from django.core.exceptions import ValidationError

from authors.models import Author
from authors.pseudonyms import checked
from tests.factories import make_author


@pytest.mark.parametrize("name", ["Chloé", "Médecine-2.0", "Jean-Noël", "Œdipe", "Ольга", "l’aidant du 44", "Ελένη"])
def test_ordinary_names_are_taken(db, name):
    assert checked(name) == name


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ab", "de 3 à 40"),
        ("x" * 41, "de 3 à 40"),
        ("modérateur", "réservé"),
        ("MODERATEUR", "réservé"),
        ("m0derateur", "réservé"),
        ("La rédaction", "réservé"),
        ("CareVox officiel", "réservé"),
        ("Carevox", "réservé"),
        ("administrateur_2", "réservé"),
        ("Mоdérateur", "alphabets"),
        ("Chl\u200boé", "invisibles"),
        ("abc\u202edef", "invisibles"),
        ("abc\x00def", "invisibles"),
        ("---", "deux lettres"),
        ("marie@example.org", "adresse"),
        ("www.exemple.fr", "adresse"),
    ],
)
def test_names_that_mislead_are_refused(db, name, message):
    with pytest.raises(ValidationError, match=message):
        checked(name)


@pytest.mark.parametrize("name", ["chloé", "CHLOE", "C h l o é", "Chloe."])
def test_look_alikes_of_a_taken_name_are_refused(db, name):
    make_author("Chloé")
    with pytest.raises(ValidationError, match="déjà pris"):
        checked(name)


def test_own_name_may_be_kept(db):
    author = make_author("Chloé")
    assert checked("chloé", own=author) == "chloé"


def test_slug_stays_when_the_pseudonym_changes(db):
    author = make_author("Chloé")
    author.pseudonym = "Clo"
    author.save()
    assert (author.slug, author.pseudonym_key) == ("chloe", "clo")


def test_slugs_are_told_apart(db):
    slugs = {make_author(name).slug for name in ("健康", "医療", "看護")}
    assert slugs == {"auteur", "auteur-2", "auteur-3"}


def test_update_fields_carry_the_key(db):
    author = make_author("Chloé")
    author.pseudonym = "Autre nom"
    author.save(update_fields=["pseudonym"])
    assert Author.objects.get().pseudonym_key == "autrenom"
