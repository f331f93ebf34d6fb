"""What waits, what failed and why: shown to whoever operates the site, the text to nobody."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from outbox import posting
from outbox.models import Mail
from tests.architecture.test_house import APPS, ROOT

LIST = "/admin/outbox/mail/"
FIELDS = {"to": "chloe@example.org", "subject": "Un objet", "body": "https://x/secret"}


@pytest.fixture
def operator(as_, bruno):
    bruno.user.is_superuser = True
    bruno.user.save()
    return as_(bruno)


@pytest.fixture
def failed(db):
    return Mail.objects.create(
        message_id="<1@example.org>",
        recipient="chloe@example.org",
        subject="Un objet",
        body="https://x/secret",
        state="FAILED",
        keep_trying_until=timezone.now(),
        ended_at=timezone.now(),
        trouble="RECIPIENT",
        tries=20,
        answer="550 no such person",
    )


def test_list_and_page_tell_all_but_the_text(operator, failed):
    posting.post(**FIELDS)
    page = operator.get(f"{LIST}{failed.pk}/change/").content.decode()
    for html in (operator.get(LIST).content.decode(), page):
        assert "chloe@example.org" in html
        assert "Le serveur d’envoi refuse l’adresse du destinataire." in html
        assert "secret" not in html
    assert "550 no such person" in page
    assert "abandonné" in page


@pytest.mark.django_db(transaction=True)
def test_given_up_mail_leaves_when_the_operator_says_so(operator, failed):
    answer = operator.post(
        LIST,
        {"action": "retry_selected", "apply": "1", "_selected_action": [failed.pk]},
        follow=True,
    )
    assert "1 courriel repart." in answer.content.decode()
    assert [(sent.to, sent.body) for sent in mail.outbox] == [
        (["chloe@example.org"], "https://x/secret")
    ]


def test_mail_cannot_be_changed_or_deleted_by_hand(operator, failed):
    for path in ("add/", f"{failed.pk}/delete/"):
        assert operator.get(LIST + path).status_code == 403
    assert operator.post(f"{LIST}{failed.pk}/change/", {"subject": "x"}).status_code == 403


def test_addresses_of_members_are_not_for_editors(editor, failed):
    assert editor.get(LIST).status_code == 403
    assert "courriels abandonnés" not in editor.get("/admin/").content.decode()


def test_first_page_of_the_admin_counts_what_needs_somebody(operator, failed):
    html = operator.get("/admin/").content.decode()
    assert f'href="{LIST}?state__exact=FAILED"><span class="waiting__number">1</span>' in html


def test_list_costs_the_same_for_one_mail_and_for_forty(
    operator, failed, django_assert_max_num_queries
):
    for _n in range(40):
        posting.post(**FIELDS)
    with django_assert_max_num_queries(8):
        assert operator.get(LIST).status_code == 200


def test_nothing_else_talks_to_a_mail_server():
    way_out = re.compile(r"\.send\(\)|send_mail\(|send_mass_mail|mail_admins|mail_managers|smtplib")
    allowed = {"outbox/delivery.py", "outbox/smtp.py", "outbox/troubles.py", "authors/accounts.py"}
    found = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if way_out.search(path.read_text(encoding="utf-8"))
    }
    assert found == allowed
    assert "posting.post(" in (ROOT / "authors" / "accounts.py").read_text(encoding="utf-8")
