import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from lib.web.honeypot import stamp
from magazine import contact
from magazine.models import ContactMessage, SiteSettings
from outbox import posting
from outbox.models import Mail
from tests.mails import delivered

URL = "/a-propos/contact/"


def message_fields(**changes):
    return {
        "subject": "ERROR",
        "text": "Il y a une erreur.",
        "opened": stamp(),
        "submission": str(uuid.uuid4()),
        **changes,
    }


@pytest.mark.django_db(transaction=True)
def test_message_is_kept_mailed_and_announced(client):
    SiteSettings.objects.create(pk=1, contact_email="redaction@example.org")
    response = client.post(
        URL, message_fields(email="chloe@example.org", name="Chloé", page="/sante/"), follow=True
    )
    assert response.redirect_chain == [(URL, 303)]
    assert 'role="status">Votre message est bien arrivé' in response.content.decode()
    [sent] = mail.outbox
    assert (sent.to, sent.reply_to) == (["redaction@example.org"], ["chloe@example.org"])
    assert sent.subject.startswith("[CareVox] Une erreur dans un article")
    assert "Il y a une erreur." in sent.body
    assert ContactMessage.objects.get().mailed_at


@pytest.mark.django_db(transaction=True)
def test_dead_mail_server_loses_nothing(client, monkeypatch):
    SiteSettings.objects.create(pk=1, contact_email="redaction@example.org")
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError("down"))
    )
    assert client.post(URL, message_fields()).status_code == 303
    assert ContactMessage.objects.get().mailed_at is None
    monkeypatch.undo()
    call_command("contact_messages")
    assert mail.outbox == []  # its mail is on its way
    posting.retry(Mail.objects.all())
    assert len(mail.outbox) == 1
    assert ContactMessage.objects.get().mailed_at


def test_message_whose_mail_was_given_up_and_forgotten_gets_another(client, db):
    SiteSettings.objects.create(pk=1, contact_email="redaction@example.org")
    client.post(URL, message_fields())
    Mail.objects.update(state="FAILED", next_try_at=None, ended_at=timezone.now())
    call_command("contact_messages")
    assert delivered() == []
    Mail.objects.all().delete()
    call_command("contact_messages")
    call_command("contact_messages")
    assert len(delivered()) == 1


@pytest.mark.django_db(transaction=True)
def test_letter_waits_for_an_address_to_go_to(client, capsys):
    client.post(URL, message_fields())
    assert mail.outbox == []
    assert ContactMessage.objects.get().mailed_at is None
    SiteSettings.objects.update_or_create(pk=1, defaults={"contact_email": "redaction@example.org"})
    call_command("contact_messages")
    assert capsys.readouterr().out == "contact_messages: 1 ordered, 0 waiting, 0 deleted\n"
    assert [sent.to for sent in mail.outbox] == [["redaction@example.org"]]


def test_overview_counts_the_letters_that_wait_and_leads_to_them(as_, bruno, client):
    for _n in range(3):
        client.post(URL, message_fields())
    ContactMessage.objects.filter(pk=ContactMessage.objects.first().pk).update(
        handled_at=timezone.now()
    )
    editor = as_(bruno)
    html = editor.get("/admin/").content.decode()
    found = re.search(
        r'href="(/admin/magazine/contactmessage/\?[^"]+)">'
        r'<span class="waiting__number">(\d+)</span> messages reçus',
        html,
    )
    assert found[2] == "2"
    assert editor.get(found[1]).context["cl"].result_count == 2


def test_double_click_is_one_message(client, db):
    typed = message_fields()
    for _click in range(2):
        assert client.post(URL, typed).status_code == 303
    assert ContactMessage.objects.count() == 1


@pytest.mark.parametrize("field", ["text", "page", "name", "subject"])
def test_form_that_comes_back_with_other_words_is_another_message(client, db, field):
    typed = message_fields()
    other = "QUESTION" if field == "subject" else "Autre chose"
    for fields in (typed, {**typed, field: other}):
        assert client.post(URL, fields).status_code == 303
    assert ContactMessage.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "Écrivez au moins un mot."),
        ({"text": " \u200b "}, "Écrivez au moins un mot."),
        ({"subject": ""}, "Choisissez un sujet."),
        ({"subject": "NOPE"}, "Choisissez un sujet dans la liste."),
        ({"email": "pas une adresse"}, "adresse"),
        ({"email": "a@example.org\nBcc: tous@example.org"}, "adresse"),
        ({"text": "x" * 5001}, "5"),
        ({"website_2": "http://spam.example"}, "doit rester vide"),
        ({"opened": "faux"}, "incomplet"),
        ({"submission": "faux"}, "encore une fois"),
    ],
)
def test_bad_letter_is_given_back_with_what_was_typed(client, db, changes, said):
    response = client.post(URL, message_fields(name="Chloé <b>", **changes))
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert "Chloé &lt;b&gt;" in html
    assert "<title>Erreur" in html.replace("\n", "")
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("field", ["name", "page", "text", "subject", "email"])
@pytest.mark.parametrize(
    "attack",
    [
        "a\r\nBcc: tous@example.org",
        "\x00",
        "{{ 7*7 }}<script>alert(1)</script>",
        "𝕬" * 400,
        "'; DROP TABLE x;--",
    ],
)
def test_hostile_letter_never_breaks_nor_writes_a_header(client, db, field, attack):
    SiteSettings.objects.create(pk=1, contact_email="redaction@example.org")
    assert client.post(URL, message_fields(**{field: attack})).status_code in {303, 422}
    replies = {None, "", *ContactMessage.objects.values_list("email", flat=True)}
    for sent in delivered():
        message = sent.message()
        assert "Bcc" not in message
        assert "\n" not in str(message["Subject"])
        assert message["Reply-To"] in replies


def test_robots_are_slowed_down(client, db):
    answers = [client.post(URL, message_fields()).status_code for _n in range(21)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {303}


def test_old_address_leads_to_the_form_and_the_page_concerned_is_filled_in(client, db):
    assert client.get("/contact/")["location"] == URL
    assert 'value="/sante/"' in client.get(URL, {"page": "/sante/"}).content.decode()


def test_editor_marks_as_handled_and_the_year_after_it_is_gone(as_, bruno, client):
    client.post(URL, message_fields())
    message = ContactMessage.objects.get()
    editor = as_(bruno)
    assert editor.get(f"/admin/magazine/contactmessage/{message.pk}/change/").status_code == 200
    editor.post(
        "/admin/magazine/contactmessage/",
        {"action": "handle_selected", "apply": "1", "_selected_action": [message.pk]},
    )
    message.refresh_from_db()
    assert message.handled_by == bruno.user
    assert contact.prune() == 0
    ContactMessage.objects.update(handled_at=timezone.now() - timedelta(days=400))
    assert contact.prune() == 1


def test_moderator_and_reader_do_not_see_the_letters(as_, chloe, client):
    client.post(URL, message_fields())
    assert as_(chloe).get("/admin/magazine/contactmessage/").status_code in {302, 403}
