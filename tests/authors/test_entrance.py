"""Sign-up whole or not at all; links that serve no longer; accounts that nobody confirms."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from articles.models import Article
from authors.models import Author, User
from outbox import delivery
from outbox.models import Mail
from tests.authors.test_accounts import link_in, signup
from tests.factories import PASSWORD, make_article, make_author
from tests.mails import delivered
from tests.smtp_server import SmtpServer


def subjects():
    return [message.subject.partition(" - ")[2] for message in delivered()]


def has_address(author, **fields):
    return EmailAddress.objects.create(
        user=author.user, email=author.user.email, primary=True, **fields
    )


@pytest.fixture(params=["absent", "refuses", "rejects", "hangs", "drips"])
def bad_server(request, settings):
    """Send through a server that takes nothing; a worker would."""
    way = "well" if request.param == "absent" else request.param
    with SmtpServer(way, pace=1) as server:
        if request.param == "absent":
            server.close()
        settings.EMAIL_BACKEND = delivery.BOUNDED
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        yield server


@pytest.mark.django_db(transaction=True)
def test_no_page_of_an_account_asks_the_mail_server(client, as_, chloe, bad_server):
    has_address(chloe, verified=True)
    assert client.post("/compte/signup/", signup(pseudonym="Nouvelle")).status_code == 302
    assert client.post("/compte/password/reset/", {"email": chloe.user.email}).status_code == 302
    member = as_(chloe)
    member.post("/compte/reauthenticate/", {"password": PASSWORD})
    new = {"email": "autre@example.org", "action_add": ""}
    assert member.post("/compte/email/", new).status_code == 302
    assert client.post("/compte/nouveau-lien/", {"email": chloe.user.email}).status_code == 303
    assert bad_server.conversations == 0
    assert Mail.objects.waiting().count() == 4


@pytest.mark.django_db(transaction=True)
def test_sign_up_that_fails_half_way_leaves_nothing(client, monkeypatch):
    def fail(**fields):
        raise OperationalError("disk full")

    monkeypatch.setattr(Mail.objects, "create", fail)
    client.raise_request_exception = False
    assert client.post("/compte/signup/", signup()).status_code >= 500
    assert not User.objects.exists()
    assert not Author.objects.exists()
    monkeypatch.undo()
    assert client.post("/compte/signup/", signup()).status_code == 302


@pytest.mark.parametrize("host", ["evil.example", "localhost:8080"])
def test_links_of_mails_never_take_the_host_of_the_request(db, settings, chloe, host):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://www.example.org"
    has_address(chloe, verified=True)
    for path, fields in (
        ("/compte/signup/", signup(pseudonym="Nouvelle")),
        ("/en/compte/signup/", signup(pseudonym="Autre", email=chloe.user.email)),
        ("/compte/password/reset/", {"email": chloe.user.email}),
        ("/compte/password/reset/", {"email": "inconnu@example.org"}),
    ):
        Client(headers={"host": host}).post(path, fields)
    assert len(delivered()) == 4
    for message in delivered():
        assert message.body.count("http") == message.body.count("https://www.example.org") == 2
    assert "https://www.example.org/en/compte/" in delivered()[1].body


def test_confirmation_speaks_of_the_account_in_one_sentence(client, db):
    client.post("/compte/signup/", signup())
    html = client.get(link_in(delivered()[0])).content.decode()
    assert (
        "Confirmez que chloe@example.org est bien votre adresse : le compte « Chloé »"
        " se connectera avec elle."
    ) in html.replace("\u00a0", " ").replace("\u202f", " ")


def test_address_that_another_account_has_confirmed_is_told(client, chloe):
    has_address(chloe, verified=True)
    other = make_author("Autre", member=True)
    double = EmailAddress.objects.create(user=other.user, email=chloe.user.email)
    html = client.get(f"/compte/confirm-email/{EmailConfirmationHMAC(double).key}/").content
    assert "Cette adresse a déjà un compte" in html.decode()


def test_link_that_has_expired_offers_another_with_the_address_filled_in(client, db, settings):
    client.post("/compte/signup/", signup())
    link = link_in(delivered()[0])
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 0
    for answer in (client.get(link), client.post(link)):
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "Ce lien ne sert plus" in html
        assert 'value="chloe@example.org"' in html
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
    answer = client.post("/compte/nouveau-lien/", {"email": "Chloe@example.org"}, follow=True)
    assert "Confirmez votre adresse" in answer.content.decode()
    client.post(link_in(delivered()[1]))
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize("key", ["x", "MQ:1abc:xyz", "MQ:1tXzcJ:" + "a" * 43, "é" * 300])
def test_forged_link_says_the_same_and_fills_nothing_in(client, db, key):
    html = client.get(f"/compte/confirm-email/{key}/").content.decode()
    assert "Ce lien ne sert plus" in html
    assert 'value=""' in html or "value=" not in html.partition("id_email")[2][:100]


def test_confirmed_link_pressed_twice_is_no_error(client, db):
    client.post("/compte/signup/", signup())
    link = link_in(delivered()[0])
    assert client.post(link).status_code == 302
    assert client.post(link).status_code == 200


def test_answer_to_who_asks_for_a_link_is_the_same_for_all(client, db, chloe):
    has_address(chloe, verified=True)
    client.post("/compte/signup/", signup(pseudonym="Nouvelle"))
    pages = set()
    for email in ("chloe@example.org", chloe.user.email, "inconnu@example.org"):
        answer = Client().post("/compte/nouveau-lien/", {"email": email}, follow=True)
        assert answer.redirect_chain == [("/compte/confirm-email/", 303)]
        pages.add(answer.content.decode().replace(email, "…"))
    assert len(pages) == 1
    assert subjects()[1:] == [
        "Confirmez votre adresse",
        "Vous avez déjà un compte",
        "Pas de compte à cette adresse",
    ]


def test_links_that_are_asked_for_are_counted_without_a_cache(client, db, limits_without_cache):
    answers = [
        client.post("/compte/nouveau-lien/", {"email": f"{n}@example.org"}).status_code
        for n in range(21)
    ]
    assert answers == [303] * 20 + [429]


@pytest.mark.parametrize("typed", ["", "pas une adresse", "x" * 300 + "@example.org", "\x00@é"])
def test_bad_address_is_told_beside_the_field(client, db, typed):
    answer = client.post("/compte/nouveau-lien/", {"email": typed})
    assert answer.status_code in {400, 422}
    assert Mail.objects.count() == 0


def signed_up(days, **changes):
    fields = signup(**changes)
    Client().post("/compte/signup/", fields)
    at = timezone.now() - timedelta(days=days)
    user = User.objects.get(email=fields["email"])
    User.objects.filter(pk=user.pk).update(date_joined=at)
    return user


def test_account_that_nobody_confirms_frees_its_pseudonym_and_address(db, capsys):
    signed_up(8)
    Client().post("/compte/signup/", signup(email="seconde@example.org"))
    assert User.objects.count() == 1  # the pseudonym is taken
    call_command("forget_unconfirmed")
    assert capsys.readouterr().out == "forget_unconfirmed: 1 deleted\n"
    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert Client().post("/compte/signup/", signup()).status_code == 302


@pytest.mark.parametrize("kept", ["young", "confirmed", "signed in", "used", "staff", "imported"])
def test_account_that_may_be_somebody_s_stays(db, kept):
    user = signed_up(1 if kept == "young" else 30)
    if kept == "confirmed":
        EmailAddress.objects.update(verified=True)
    elif kept == "signed in":
        User.objects.update(last_login=timezone.now())
    elif kept == "used":
        make_article(author=Author.objects.get(user=user), published=False)
    elif kept == "staff":
        User.objects.update(is_staff=True)
    elif kept == "imported":
        EmailAddress.objects.all().delete()
    call_command("forget_unconfirmed")
    assert User.objects.filter(pk=user.pk).exists()
    assert Author.objects.filter(user=user).exists()
    assert Article.objects.count() == (kept == "used")
