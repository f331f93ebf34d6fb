"""A mail is never lost, hardly ever sent twice, and holds nobody."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outbox import delivery, posting
from outbox.models import Mail
from tests.mails import delivered
from tests.smtp_server import SmtpServer

BOUND = 1.2  # seconds a mail, here


def post(to="chloe@example.org", **changes):
    return posting.post(
        **{"to": to, "subject": "Un objet", "body": "Un lien https://x/secret", **changes}
    )


def fresh(row):
    row.refresh_from_db()
    return row


def let_pass(**span):
    """Move all rows back in time."""
    for row in Mail.objects.all():
        for name in ("created_at", "keep_trying_until", "tried_at", "next_try_at", "ended_at"):
            if at := getattr(row, name):
                setattr(row, name, at - timedelta(**span))
        row.save()


@pytest.fixture
def server(settings):
    """Return what starts a server that the site sends through."""
    started = []

    def start(way="well", **options):
        for one in started:
            one.close()
        started.append(SmtpServer(way, **options))
        settings.EMAIL_BACKEND = delivery.BOUNDED
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started[-1].port
        settings.EMAIL_TIMEOUT = BOUND
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture
def worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def broken(monkeypatch, error):
    def fail(self, *args):
        raise error

    monkeypatch.setattr(EmailMessage, "send", fail)


def test_mail_leaves_whole_and_its_text_is_forgotten(db):
    row = post(reply_to="bruno@example.org")
    [sent] = delivered()
    assert (sent.to, sent.reply_to) == (["chloe@example.org"], ["bruno@example.org"])
    assert sent.body == "Un lien https://x/secret"
    assert (fresh(row).state, row.body, row.tries) == ("SENT", "", 1)


def test_headers_say_that_a_machine_writes_and_are_the_same_at_every_try(db, settings):
    settings.SITE_URL = "https://www.example.org:8443"
    row = post(subject="Un objet\r\nBcc: tous@example.org")
    first, second = delivery.email_of(row).message(), delivery.email_of(fresh(row)).message()
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"].endswith("@www.example.org>")
    assert (first["Message-ID"], first["Date"]) == (second["Message-ID"], second["Date"])
    assert first["Subject"] == "Un objet Bcc: tous@example.org"
    assert first["Bcc"] is None


def test_what_no_mail_can_hold_is_taken_out(db):
    row = post(subject="Un\x00 objet\ufffe", body="Un\x00 texte\ufffe\n-- \nCareVox\n")
    [sent] = delivered()
    assert (sent.subject, sent.body) == ("Un objet", "Un texte\n-- \nCareVox\n")
    assert fresh(row).state == "SENT"


def test_failed_try_is_put_off_longer_and_longer_until_the_mail_is_given_up(db, monkeypatch):
    row = post()
    broken(monkeypatch, ConnectionRefusedError())
    rests = []
    for _try in range(100):
        delivery.sweep()
        if fresh(row).state == "FAILED":
            break
        rests.append(round((row.next_try_at - timezone.now()).total_seconds()))
        let_pass(seconds=rests[-1] + 1)
    assert rests == sorted(rests)
    assert (rests[0], rests[-1]) == (30, 4 * 3600)
    assert 15 < row.tries < 25
    assert row.ended_at - row.created_at < timedelta(days=posting.DAYS_TRIED)
    assert (row.get_trouble_display(), row.body != "") == (
        "Le serveur d’envoi est introuvable ou n’accepte pas la connexion.",
        True,
    )
    monkeypatch.undo()
    assert posting.retry(Mail.objects.all()) == 1
    assert len(delivered()) == 1
    assert posting.retry(Mail.objects.all()) == 0


def test_server_that_fails_one_mail_is_left_alone_for_a_moment(db, server):
    hanging = server("hangs")
    for n in range(3):
        post(f"a{n}@example.org")
    began = time.monotonic()
    delivery.sweep_all()
    assert time.monotonic() - began < 2 * BOUND
    assert hanging.conversations == 1
    let_pass(minutes=1)
    well = server()
    delivery.sweep_all()
    assert len(well.mails) == 3


def test_address_that_is_refused_keeps_no_other_mail_back(db, server):
    rejecting = server("rejects")
    rows = [post("a@example.org"), post("b@example.org")]
    delivery.sweep_all()
    assert rejecting.conversations == 2
    assert {fresh(row).trouble for row in rows} == {"RECIPIENT"}
    assert rows[0].answer == "550 no such person here"


@pytest.mark.parametrize(
    ("way", "trouble", "took"),
    [
        ("refuses", "UNWILLING", 0),
        ("rejects", "RECIPIENT", 0),
        ("hangs", "SLOW", 0),
        ("drips", "SLOW", 0),
        ("cuts", "UNCONFIRMED", 1),
        ("mute", "UNCONFIRMED", 1),
    ],
)
def test_bad_server_costs_a_bounded_time_and_no_mail(db, server, way, trouble, took):
    bad = server(way)
    row = post()
    began = time.monotonic()
    delivery.sweep()
    assert time.monotonic() - began < BOUND + 1
    assert (fresh(row).state, row.trouble) == ("WAITING", trouble)
    assert len(bad.mails) == took
    let_pass(hours=1)
    well = server()
    delivery.sweep()
    assert [sent["Message-ID"] for sent in well.mails] == [row.message_id]
    assert fresh(row).state == "SENT"


def test_slow_server_that_is_quick_enough_gets_the_mail_once(db, server):
    slow = server("drips", pace=0.002)
    post()
    delivery.sweep()
    assert len(slow.mails) == 1
    assert Mail.objects.get().state == "SENT"


def test_absent_server_is_told(db, server):
    server().close()
    row = post()
    delivery.sweep()
    assert (fresh(row).state, row.trouble) == ("WAITING", "ABSENT")


def test_goodbye_of_a_server_is_not_waited_for(db, server, monkeypatch):
    monkeypatch.setattr("outbox.smtp.GOODBYE", 0.1)
    server("slow_goodbye")
    row = post()
    began = time.monotonic()
    delivery.sweep()
    assert time.monotonic() - began < BOUND
    assert fresh(row).state == "SENT"


def test_mail_that_may_have_arrived_is_repeated_once_under_the_same_id(db, server):
    mute = server("mute")
    row = post()
    for _try in range(4):
        delivery.sweep()
        let_pass(minutes=16)
    assert [sent["Message-ID"] for sent in mute.mails] == [row.message_id] * 2
    assert (fresh(row).state, row.trouble) == ("FAILED", "UNCONFIRMED")


def test_mail_that_nobody_sent_for_days_is_given_up_and_says_so(db):
    row = post()
    let_pass(days=posting.DAYS_TRIED, minutes=1)
    assert delivered() == []
    assert (fresh(row).state, row.trouble) == ("FAILED", "EXPIRED")


class Killed(BaseException):
    pass


def test_killed_try_is_made_again_under_the_same_id_and_not_before_it_may_be(db, monkeypatch):
    row = post()
    left = []

    def send(self):
        left.append(self.extra_headers["Message-ID"])
        if len(left) == 1:
            raise Killed

    monkeypatch.setattr(EmailMessage, "send", send)
    with pytest.raises(Killed):
        delivery.sweep()
    assert (fresh(row).state, row.trouble) == ("WAITING", "INTERRUPTED")
    delivery.sweep()
    assert len(left) == 1
    let_pass(minutes=2)
    delivery.sweep()
    delivery.sweep()
    assert left == [row.message_id] * 2
    assert fresh(row).state == "SENT"


def test_mail_that_is_being_sent_is_not_asked_for_again(db, monkeypatch):
    row = post()
    monkeypatch.setattr(EmailMessage, "send", lambda _mail: posting.retry(Mail.objects.all()))
    delivery.sweep()
    assert fresh(row).state == Mail.State.SENT
    assert (row.body, row.tries) == ("", 1)


def test_failure_of_one_try_says_nothing_of_a_later_one(db, monkeypatch):
    row = post()

    def overtaken(_mail):
        let_pass(hours=1)  # the lease is over, and another worker has sent it
        delivery._mark_sent(Mail.objects.get())
        raise TimeoutError

    monkeypatch.setattr(EmailMessage, "send", overtaken)
    delivery.sweep()
    assert (fresh(row).state, row.body) == (Mail.State.SENT, "")


def test_mail_that_has_left_stays_so_whoever_fails_to_hear_of_it(db, monkeypatch, caplog):
    def fail(_mail):
        raise RuntimeError

    row = post()
    monkeypatch.setattr(delivery.changes.sent, "announce", fail)
    delivery.sweep()
    assert (fresh(row).state, row.body) == (Mail.State.SENT, "")
    assert "has left" in caplog.text


def test_mail_is_ordered_with_its_row_or_not_at_all(db, worker):
    row = post()
    [job] = DBTaskResult.objects.all()
    assert job.task_path == "outbox.delivery.empty_outbox"
    assert str(row.pk) not in str(job.args_kwargs)


def test_try_that_is_killed_has_left_a_job_that_comes_after_it(db, worker, monkeypatch):
    post()
    broken(monkeypatch, Killed())
    DBTaskResult.objects.all().delete()
    with pytest.raises(Killed):
        delivery.sweep()
    [job] = DBTaskResult.objects.all()
    assert job.run_after == Mail.objects.get().next_try_at


def test_error_of_ours_is_told_to_the_log_and_the_mail_waits(db, monkeypatch, caplog):
    row = post()
    broken(monkeypatch, ValueError("a fault"))
    delivery.sweep()
    assert (fresh(row).state, row.trouble) == ("WAITING", "OTHER")
    assert "a fault" in caplog.text


def test_trouble_of_a_server_names_nobody_in_the_log(db, server, caplog):
    server("rejects")
    post()
    with caplog.at_level("WARNING"):
        delivery.sweep()
    assert "SMTPRecipientsRefused" in caplog.text
    assert "chloe" not in caplog.text


def test_command_sends_prunes_and_says_so(db, capsys):
    for state, days in (("SENT", 8), ("FAILED", 8), ("SENT", 6)):
        row = post()
        row.state, row.body, row.next_try_at = state, "", None
        row.ended_at = timezone.now() - timedelta(days=days)
        row.save()
    post()
    call_command("send_mails")
    assert capsys.readouterr().out == "send_mails: 1 left or given up, 0 waiting, 2 deleted\n"
    assert len(mail.outbox) == 1


def test_command_tries_at_once_when_the_server_works_again(db, server):
    server("refuses")
    post()
    delivery.sweep()
    well = server()
    call_command("send_mails")
    assert not well.mails
    call_command("send_mails", "--all")
    assert len(well.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_nobody_waits_for_the_server_either(server):
    slow = server("drips", pace=0.005)
    post()
    assert not slow.mails
    delivery.courier.join(30)
    assert len(slow.mails) == 1
    assert Mail.objects.get().state == "SENT"


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_the_thread_tries_again_by_itself(server, monkeypatch):
    monkeypatch.setattr(delivery, "BACK_OFF", [0.01])
    monkeypatch.setattr(delivery, "PAUSE", timedelta(seconds=0.5))
    refusing = server("refuses")
    post()
    while not refusing.conversations:
        time.sleep(0.01)
    refusing.way = "well"
    delivery.courier.join(30)
    assert len(refusing.mails) == 1
    assert Mail.objects.get().state == "SENT"
