import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from articles.models import Rating
from authors.models import Author, User
from authors.roles import grant_role
from lib.web.honeypot import stamp
from tests.factories import PASSWORD, make_article, make_author
from tests.mails import delivered


def signup(**changes):
    return {
        "pseudonym": "Chloé",
        "email": "chloe@example.org",
        "password1": "une phrase bien longue",
        "charter": "on",
        "opened": stamp(),
        "website_2": "",
        **changes,
    }


def link_in(message):
    return re.search(rf"{re.escape(settings.SITE_URL)}(/\S+)", message.body)[1]


def test_stranger_signs_up_confirms_and_rates(client, db):
    assert client.get("/compte/signup/").status_code == 200
    response = client.post("/compte/signup/", signup(), follow=True)
    assert response.status_code == 200
    author = Author.objects.get()
    assert (author.pseudonym, author.user.email) == ("Chloé", "chloe@example.org")
    confirm = link_in(delivered()[0])
    assert client.get(confirm).status_code == 200
    client.post(confirm)
    assert EmailAddress.objects.get().verified
    article = make_article()
    assert client.post(article.get_absolute_url() + "/note/", {"value": 5}).status_code == 303
    assert Rating.objects.count() == 1


def test_confirmation_leads_back_to_what_the_reader_was_doing(client, db):
    client.post("/compte/signup/", signup(next="/compte/profil/"))
    assert client.post(link_in(delivered()[0]))["location"] == "/compte/profil/"


def test_link_opened_elsewhere_confirms_but_signs_nobody_in(client, db):
    client.post("/compte/signup/", signup())
    other = Client()
    assert "login" in other.post(link_in(delivered()[0]))["location"]
    assert EmailAddress.objects.get().verified
    response = other.post(
        "/compte/login/",
        {
            "login": "chloe@example.org",
            "password": "une phrase bien longue",
            "next": "/compte/profil/",
        },
    )
    assert response["location"] == "/compte/profil/"


@pytest.mark.parametrize(
    ("prefix", "words", "subject"),
    [("", "Bonjour,", "Confirmez votre adresse"), ("/en", "Hello,", "Confirm your address")],
)
def test_mails_are_ours_in_the_language_of_the_page(client, db, settings, prefix, words, subject):
    client.post(f"{prefix}/compte/signup/", signup())
    message = delivered()[0]
    assert message.subject == f"{settings.SITE_NAME} - {subject}"
    assert message.body.startswith(words)
    assert f"{prefix}/compte/confirm-email/" in message.body
    assert message.body.rstrip().endswith(f"-- \n{settings.SITE_NAME}\n{settings.SITE_URL}")
    assert message.message().get_content_type() == "text/plain"


def test_every_mail_of_an_account_is_in_our_words(client, as_, chloe):
    EmailAddress.objects.create(
        user=chloe.user, email=chloe.user.email, verified=True, primary=True
    )
    client.post("/compte/password/reset/", {"email": chloe.user.email})
    client.post("/compte/password/reset/", {"email": "inconnu@example.org"})
    client.post("/compte/signup/", signup(email=chloe.user.email, pseudonym="Autre"))
    member = as_(chloe)
    member.post(
        "/compte/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": "une autre phrase longue",
            "password2": "une autre phrase longue",
        },
    )
    assert [message.subject.partition(" - ")[2] for message in delivered()[:3]] == [
        "Choisissez un autre mot de passe",
        "Pas de compte à cette adresse",
        "Vous avez déjà un compte",
    ]
    assert len(delivered()) == 4
    for message in delivered():
        assert message.body.startswith("Bonjour,")
        assert "{{" not in message.body
    assert "Votre compte vient de changer" in delivered()[3].body


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"pseudonym": "Modérateur"}, "réservé"),
        ({"pseudonym": "\u200bChloé"}, "invisibles"),
        ({"email": "chloe@"}, "valide"),
        ({"password1": "court"}, "12"),
        ({"charter": ""}, "Cochez cette case"),
        ({"website_2": "x"}, "rester vide"),
        ({"opened": ""}, "encore une fois"),
    ],
)
def test_bad_sign_up_is_told_beside_the_field(client, db, changes, message):
    response = client.post("/compte/signup/", signup(**changes))
    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert "data-error-summary" in html
    assert not User.objects.exists()


@pytest.mark.parametrize("taken", ["Chloé", "Chl0é"])
def test_two_who_take_the_same_name_at_once_are_told(client, db, monkeypatch, taken):
    make_author(taken)
    monkeypatch.setattr(
        "authors.pseudonyms.is_taken", lambda *args, **kwargs: False
    )  # it was still free when it was checked
    response = client.post("/compte/signup/", signup())
    assert response.status_code == 422
    assert "vient d’être pris" in response.content.decode()
    assert "chloe@example.org" in response.content.decode()
    assert not User.objects.exists()


def test_same_answer_whether_the_address_exists_or_not(db):
    make_author("Denis", member=True)
    taken = User.objects.get().email
    answers = []
    for email, name in ((taken, "Premier"), ("neuf@example.org", "Second")):
        response = Client().post("/compte/signup/", signup(email=email, pseudonym=name))
        answers.append((response.status_code, response["location"]))
    assert answers[0] == answers[1]
    answers = [
        Client().post("/compte/password/reset/", {"email": email})["location"]
        for email in (taken, "inconnu@example.org")
    ]
    assert answers[0] == answers[1]


def test_sign_in_leads_back_to_this_site_only(client, chloe):
    EmailAddress.objects.create(
        user=chloe.user, email=chloe.user.email, verified=True, primary=True
    )
    response = client.post(
        "/compte/login/",
        {"login": chloe.user.email, "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert response["location"] == "/"


def test_wrong_password_is_told_in_french(client, chloe):
    html = client.post(
        "/compte/login/", {"login": chloe.user.email, "password": "faux"}
    ).content.decode()
    assert "adresse e-mail" in html.lower()


def test_too_many_sign_ins_get_a_french_429(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    answers = [
        client.post("/compte/login/", {"login": "a@example.org", "password": "une phrase"})
        for _try in range(4)
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 429]
    assert answers[-1]["Retry-After"] == "300"
    assert "Trop de demandes" in answers[-1].content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/compte/email/",
        "/compte/password/change/",
        "/compte/2fa/",
        "/compte/logout/",
        "/compte/profil/",
    ],
)
def test_account_pages_need_and_have_an_account(as_, client, chloe, path):
    answer = client.get(path)
    assert (
        (answer.status_code, answer["location"]) == (302, "/")
        if "logout" in path
        else answer["location"] == f"/compte/login/?next={path}"
    )
    assert as_(chloe).get(path, follow=True).status_code == 200


def test_role_brings_groups_and_admin(chloe):
    grant_role(chloe, "EDITOR")
    assert chloe.user.is_staff
    assert {group.name for group in chloe.user.groups.all()} == {"Éditeurs", "Modérateurs"}
    assert User.objects.get().has_perm("articles.publish_article")
    grant_role(chloe, "READER")
    assert not chloe.user.is_staff
    assert not chloe.user.groups.exists()


def test_staff_needs_a_second_factor(as_, bruno, settings):
    settings.REQUIRE_STAFF_MFA = True
    response = as_(bruno).get("/admin/", follow=True)
    assert response.redirect_chain[0][0] == "/compte/2fa/"
    assert "seconde preuve" in response.content.decode()


def test_staff_with_a_second_factor_enters(as_, bruno, settings):
    settings.REQUIRE_STAFF_MFA = True
    Authenticator.objects.create(user=bruno.user, type="totp", data={"secret": "x"})
    assert as_(bruno).get("/admin/").status_code == 200


def test_member_with_a_second_factor_changes_the_address_once_it_is_confirmed(as_, bruno):
    old, new = bruno.user.email, "bruno.nouveau@example.org"
    EmailAddress.objects.create(user=bruno.user, email=old, verified=True, primary=True)
    Authenticator.objects.create(user=bruno.user, type="totp", data={"secret": "x"})
    member = as_(bruno)
    assert (
        "reauthenticate"
        in member.post("/compte/email/", {"email": new, "action_add": ""})["location"]
    )
    member.post("/compte/reauthenticate/", {"password": PASSWORD})
    assert member.post("/compte/email/", {"email": new, "action_add": ""}).status_code == 302
    assert [message.to for message in delivered()] == [[new]]
    assert (
        f"envoyé à {new}. D’ici là, rien ne change."
        in member.get("/compte/email/").content.decode()
    )
    confirm = link_in(delivered().pop())
    Client().post("/compte/password/reset/", {"email": new})
    assert delivered().pop().subject.endswith("Pas de compte à cette adresse")
    bruno.user.refresh_from_db()
    assert bruno.user.email == old
    member.post(confirm)
    bruno.user.refresh_from_db()
    assert bruno.user.email == new
    assert [(address.email, address.verified) for address in EmailAddress.objects.all()] == [
        (new, True)
    ]
    assert [message.to for message in delivered()] == [[old]]
    assert f"on s’y connecte désormais avec {new}." in delivered()[0].body


@pytest.mark.parametrize(
    ("address", "message"), [("pas une adresse", "valide"), ("", "obligatoire")]
)
def test_bad_address_is_told_beside_the_field_and_kept(as_, chloe, address, message):
    answer = as_(chloe).post("/compte/email/", {"email": address, "action_add": ""})
    html = answer.content.decode()
    assert (answer.status_code, f'value="{address}"' in html or not address) == (422, True)
    assert message in html
    assert "data-error-summary" in html


def test_link_for_another_password_serves_once(client, chloe):
    EmailAddress.objects.create(
        user=chloe.user, email=chloe.user.email, verified=True, primary=True
    )
    assert (
        "Regardez vos e-mails"
        in client.post(
            "/compte/password/reset/", {"email": chloe.user.email}, follow=True
        ).content.decode()
    )
    form = client.get(link_in(delivered()[0]), follow=True)
    assert "Choisissez un autre mot de passe" in form.content.decode()
    path, chosen = form.redirect_chain[-1][0], "une autre phrase assez longue"
    assert client.post(path, {"password1": chosen, "password2": "différente"}).status_code == 422
    client.post(path, {"password1": chosen, "password2": chosen})
    assert User.objects.get().check_password(chosen)
    assert "Ce lien ne sert plus" in Client().get(link_in(delivered()[0])).content.decode()


def test_admin_signs_in_through_our_page(client, db):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/compte/login/")


def test_natural_key_ignores_case(chloe):
    assert User.objects.get_by_natural_key(chloe.user.email.upper()) == chloe.user


def test_createsuperuser_makes_a_whole_account(client, db, settings):
    settings.REQUIRE_STAFF_MFA = False
    call_command("createsuperuser", "--noinput", email="chef@example.org")
    user = User.objects.get(email="chef@example.org")
    user.set_password("une phrase de passe bien longue")
    user.save()
    assert user.author.role == "EDITOR"
    answer = client.post(
        "/compte/login/", {"login": user.email, "password": "une phrase de passe bien longue"}
    )
    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200
