import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from authors.models import Author
from authors.pseudonyms import checked
from tests.factories import make_author

FREE = (
    "Modeste",
    "Edith",
    "Adminou",
    "Moderato cantabile",
    "Édition du soir",
    "Marie 31",
    "Bravo !",
    "Marne",
    "Care pour tous",
)
RESERVED = (
    *(
        "Modérateurs",
        "Les modérateurs",
        "lesmoderateurs",
        "Modérateur !",
        "Modérateur2",
        "Modératrice·s",
        "Moderator",
        "The moderators",
    ),
    *(
        "Rédacteur en chef",
        "Rédactrice en chef",
        "Les Rédacteurs",
        "Rédac’chef",
        "Éditeurs",
        "l’éditrice",
        "Editor",
        "Chief editor",
    ),
    *(
        "Administrateurs",
        "Administrator",
        "admin01",
        "Les admins",
        "Adm!n",
        "Adm1n",
        "CareVoxOfficiel",
        "OfficielCarevox",
        "Care Vox",
        "CareV0x-team",
    ),
    *("Équipes", "Comité de rédaction", "Le comité", "SantéCitoyenne officiel"),
)


@pytest.mark.parametrize(
    "name",
    [
        *("Li", "Jo", "Ö2", "李伟", "میلاد می‌نا", "दीपा"),
        "Chloé",
        "Médecine-2.0",
        "Jean-Noël",
        "Œdipe",
        "Ольга",
        "l’aidant du 44",
        "Ελένη",
        *FREE,
    ],
)
def test_ordinary_names_are_taken(db, name):
    assert checked(name) == name


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a", "de 2 à 40"),
        ("x" * 41, "de 2 à 40"),
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
        ("Chloé\uffff", "invisibles"),
        ("Chlo\u200dé", "invisibles"),
        ("---", "deux lettres"),
        ("marie@example.org", "adresse"),
        ("www.exemple.fr", "adresse"),
    ],
)
def test_names_that_mislead_are_refused(db, name, message):
    with pytest.raises(ValidationError, match=message):
        checked(name)


@pytest.mark.parametrize("name", RESERVED)
def test_names_of_the_house_are_reserved_in_all_their_forms(db, settings, name):
    settings.SITE_NAME = "Santé citoyenne"
    with pytest.raises(ValidationError, match="réservé"):
        checked(name)


def test_short_name_of_a_site_is_reserved_as_a_word_only(db, settings):
    settings.SITE_NAME = "Doc"
    assert checked("Docteur Ravi") == "Docteur Ravi"
    with pytest.raises(ValidationError, match="réservé"):
        checked("Doc officiel")


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        *(("Chloé", name) for name in ("chloé", "CHLOE", "C h l o é", "Chloe.", "Chl0é", "Ch1oé")),
        *(("Olivier", name) for name in ("0livier", "Ol1vier", "0L!VIER", "OIivier", "o|ivier")),
        *(
            ("Isabelle", "lsabelle"),
            ("1sabelle", "Isabelle"),
            ("Bernard", "Bemard"),
            ("Stéphane", "5téphane"),
            ("Émile", "3mile"),
            ("William", "VViIIiam"),
        ),
    ],
)
def test_look_alikes_of_a_taken_name_are_refused(db, taken, name):
    make_author(taken)
    with pytest.raises(ValidationError, match="déjà pris"):
        checked(name)


def test_names_that_differ_by_a_number_are_two(db):
    for number in range(120):
        assert checked(f"Aidant {number}") == f"Aidant {number}"
        make_author(f"Aidant {number}")


def test_look_alikes_from_before_keep_their_names_and_only_the_oldest_the_key(db):
    older, younger, other = make_author("Olivier"), make_author("Autre"), make_author("Chloé")
    Author.objects.filter(pk=younger.pk).update(pseudonym="0livier", pseudonym_key="0livier")
    Author.objects.update(look_alike_key=None)
    for author, key in ((older, "ollvler"), (other, "chloe")):
        Author.objects.filter(pk=author.pk).update(look_alike_key=key)
    keys = dict(Author.objects.values_list("pk", "look_alike_key"))
    assert keys == {older.pk: "ollvler", younger.pk: None, other.pk: "chloe"}
    younger.refresh_from_db()
    younger.biography = "Toujours là."
    younger.save()
    younger.refresh_from_db()
    assert (younger.pseudonym, younger.look_alike_key) == ("0livier", None)
    younger.pseudonym = "Oscar"
    younger.save()
    assert Author.objects.get(pk=younger.pk).look_alike_key == "oscar"


def test_database_refuses_a_look_alike_too(db):
    make_author("Olivier")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_author("0livier")


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


def test_names_of_two_letters_have_their_own_pages(client, db):
    for name in ("Li", "Jo", "李伟"):
        author = make_author(checked(name))
        assert client.get(author.get_absolute_url()).status_code == 200
    assert Author.objects.values("slug").distinct().count() == 3


def test_joiner_of_a_script_makes_no_second_name(db):
    make_author("می‌نا")
    with pytest.raises(ValidationError, match="déjà pris"):
        checked("مینا")


def test_vowels_that_are_marks_tell_names_apart(db):
    make_author("दीप")
    assert checked("दीपा") == "दीपा"
