from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from care.models import CareCard, HelpLine
from care.starters import FRANCE

ADDRESS = "/trouver-de-l-aide/"


def test_every_page_leads_to_the_numbers(client, db):
    assert f'href="{ADDRESS}"' in client.get("/").content.decode()


def test_numbers_can_be_tapped_and_say_where_and_when_they_were_read(client, db):
    html = client.get(ADDRESS).content.decode()
    assert 'href="tel:3114"' in html
    assert 'href="sms:114"' in html
    assert 'href="https://signalement-sante.gouv.fr"' in html
    for line in HelpLine.objects.exclude(checked_on=None):
        assert line.source.replace("&", "&amp;") in html
    unchecked = HelpLine.objects.filter(checked_on=None).count()
    assert 0 < unchecked == html.count("Numéro à vérifier.")


def test_nothing_is_kept_of_a_visit(client, db):
    answer = client.get(ADDRESS)
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert "data-leave" in answer.content.decode()


def test_help_page_costs_few_queries(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get(ADDRESS)


def test_old_check_is_due(db):
    today = timezone.localdate()
    assert HelpLine(checked_on=None).is_check_due
    assert HelpLine(checked_on=today - timedelta(days=200)).is_check_due
    assert not HelpLine(checked_on=today - timedelta(days=100)).is_check_due


def test_checked_number_without_its_page_is_refused(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpLine.objects.create(name="A", number="1", kind="OTHER", checked_on=date(2026, 1, 1))


def test_another_country_replaces_the_cards(db, tmp_path, capsys):
    file = tmp_path / "belgique.toml"
    file.write_text(
        '[[cards]]\nslug = "suicide"\ntitle = "Parlez-en"\nurgent_numbers = "1813 = jour et nuit"\n'
        'valid_in = "Belgique"\n\n[[lines]]\nkind = "DISTRESS"\nnumber = "1813"\nname = "1813"',
        encoding="utf-8",
    )
    call_command("place_care", file, "--replace")
    assert [card.valid_in for card in CareCard.objects.all()] == ["Belgique"]
    assert [line.number for line in HelpLine.objects.all()] == ["1813"]
    call_command("place_care", FRANCE)
    assert CareCard.objects.get(slug="suicide").valid_in == "Belgique"  # the file does not say
    assert CareCard.objects.count() > 20


@pytest.mark.parametrize("text", ["[[cards]]", "nothing", '[[cards]]\nslug = "a"\ntitle = "A"'])
def test_file_that_cannot_be_read_changes_nothing(db, tmp_path, text):
    file = tmp_path / "broken.toml"
    file.write_text(text, encoding="utf-8")
    before = CareCard.objects.count()
    with pytest.raises(CommandError, match=r"broken\.toml"):
        call_command("place_care", file, "--replace")
    assert CareCard.objects.count() == before
