"""Lists from readings, without them, under editors' hands, and in the trial."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article
from readings.models import AlsoViewed, BlockTally, Override, Reading, Variant
from readings.recommendations import building, experiment, overrides
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_comment, make_rating, make_section
from tests.readings.readers import BROWSER, address, count, readers_of, shown, tell

pytestmark = pytest.mark.django_db


def sources(article):
    return [entry.source for entry in AlsoViewed.objects.shown_beside(article, Variant.CONTROL)[:5]]


def test_what_was_read_together_comes_first_and_the_rest_is_filled(site):
    readers_of([site[0], site[7]], 3)
    building.build_lists()
    assert shown(site[0])[0] == site[7]
    assert sources(site[0]) == ["READINGS", *["SUBJECT"] * 2, *["NEWEST"] * 2]
    assert all(len(shown(article)) == 5 for article in site)


def test_pair_of_two_visits_is_not_shown_as_read_together(site):
    readers_of([site[0], site[7]], 2)
    building.build_lists()
    assert "READINGS" not in sources(site[0])


def test_heading_is_honest(client, site):
    building.build_lists()
    html = client.get(site[0].get_absolute_url()).content.decode()
    assert "À lire aussi" in html
    assert "Les internautes qui ont lu" not in html
    for n, other in enumerate(site[1:6]):
        readers_of([site[0], other], 3, first=100 + 10 * n)
    building.build_lists()
    html = client.get(site[0].get_absolute_url()).content.decode()
    assert "Les internautes qui ont lu cet article ont aussi consulté" in html
    assert "sans suivre personne" in html
    assert "À lire aussi" not in html


def test_block_shows_section_title_author_date_rating_and_reactions(client, site):
    make_rating(site[1], value=5)
    make_comment(site[1])
    readers_of([site[0], site[1]], 3)
    building.build_lists()
    html = client.get(site[0].get_absolute_url()).content.decode()
    block = html[html.index('class="also-viewed"') :]
    first = block[block.index("<li") : block.index("</article>")]
    for words in ("Soins", "Article 1", "Alice", "<time", "5,0", "1 réaction"):
        assert words in first, first


def test_block_is_absent_when_there_is_nothing_to_show(client, db):
    alone = make_article()
    building.build_lists()
    assert "also-viewed" not in client.get(alone.get_absolute_url()).content.decode()


def test_cold_list_has_three_read_now_two_of_the_subject_and_then_the_newest(site):
    site[8].tags.set(Tag.objects.named(["ronflement"]))
    site[0].tags.set(Tag.objects.named(["ronflement"]))
    readers_of([site[6]], 4)
    building.build_lists()
    assert shown(site[0]) == [site[6], site[8], site[4], site[7], site[5]]
    assert sources(site[0]) == ["NOW", "SUBJECT", "SUBJECT", "NEWEST", "NEWEST"]
    for n, read in enumerate(site[1:6]):
        readers_of([read], 4, first=200 + 10 * n)
    building.build_lists()
    assert sources(site[0]) == ["NOW", "NOW", "NOW", "SUBJECT", "SUBJECT"]
    lonely = make_article(section=make_section("Ailleurs"))
    building.build_lists()
    assert sources(lonely) == ["NOW"] * 5, "what is read now stands in for a subject of its own"


def test_article_too_new_for_a_list_shows_that_of_the_site(site, client):
    building.build_lists()
    fresh = make_article(section=site[0].section)
    assert shown(fresh) == [site[8], site[7], site[6], site[5], site[4]]
    assert "À lire aussi" in client.get(fresh.get_absolute_url()).content.decode()


def test_back_off_can_be_switched_off(site, settings):
    settings.ALSO_VIEWED_BACK_OFF = False
    readers_of([site[0], site[7]], 3)
    building.build_lists()
    assert shown(site[0]) == [site[7]]
    assert shown(site[3]) == []


def test_withdrawn_article_vanishes_at_once_and_the_next_one_takes_its_place(site):
    building.build_lists()
    before = shown(site[0])
    publishing.withdraw(before[0], actor=None, reason="Une erreur.")
    assert before[0] not in shown(site[0])
    assert len(shown(site[0])) == 5


def test_block_costs_one_query_and_the_page_at_most_eight(client, site):
    building.build_lists()
    client.get(site[0].get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        client.get(site[0].get_absolute_url())
    assert len(queries) <= 8
    assert len([query for query in queries if '"readings_alsoviewed"' in query["sql"]]) == 1


def test_second_build_changes_nothing(site):
    readers_of([site[0], site[7]], 3)
    assert building.build_lists().changed == 10
    rows = list(AlsoViewed.objects.order_by("pk").values_list())
    assert building.build_lists().changed == 0
    assert list(AlsoViewed.objects.order_by("pk").values_list()) == rows


# --- editors ---


def test_editor_imposes_and_bans_at_once_and_the_next_build_keeps_to_it(site, bruno):
    readers_of([site[0], site[7]], 3)
    building.build_lists()
    overrides.set_override(
        article=site[0],
        neighbour=site[5],
        kind="PIN",
        reason="Le dossier de la semaine.",
        actor=bruno.user,
    )
    overrides.set_override(
        article=site[0], neighbour=site[7], kind="BAN", reason="Hors sujet.", actor=bruno.user
    )
    now = shown(site[0])
    assert now[0] == site[5]
    assert site[7] not in now
    building.build_lists()
    assert shown(site[0])[0] == site[5]
    assert site[7] not in shown(site[0])
    overrides.lift_override(Override.objects.get(kind="BAN"))
    building.build_lists()
    assert shown(site[0])[:2] == [site[5], site[7]]


def test_editors_decide_in_the_admin(as_, bruno, site):
    client = as_(bruno)
    building.build_lists()
    fields = {"article": site[0].pk, "neighbour": site[8].pk, "kind": "PIN", "reason": "Utile."}
    assert client.post("/admin/readings/override/add/", {**fields, "reason": ""}).status_code == 200
    assert (
        client.post(
            "/admin/readings/override/add/", {**fields, "neighbour": site[0].pk}
        ).status_code
        == 200
    )
    assert not Override.objects.exists()
    assert client.post("/admin/readings/override/add/", fields).status_code == 302
    assert Override.objects.get().actor == bruno.user
    assert shown(site[0])[0] == site[8]
    client.post(f"/admin/readings/override/{Override.objects.get().pk}/delete/", {"post": "yes"})
    assert shown(site[0])[0] != site[8]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("203.0.113.9/24", "203.0.113.0/24"),
        ("2001:db8::7/64", "2001:db8::/64"),
        ("ici", None),
        ("1.2.3.4/40", None),
    ],
)
def test_editors_ban_a_network_in_the_admin(as_, bruno, client, site, typed, kept):
    answer = as_(bruno).post(
        "/admin/readings/bannednetwork/add/", {"prefix": typed, "reason": "Une ferme à clics."}
    )
    assert answer.status_code == (302 if kept else 200)
    tell(client, site[0], ip="203.0.113.200")
    assert Reading.objects.exists() == (kept != "203.0.113.0/24")


def test_readers_and_moderators_do_not_see_these_pages(as_, chloe, client):
    moderator = make_author("Modeste", member=True, role="MODERATOR")
    for path in ("override", "bannednetwork", "alsoviewed", "blocktally"):
        assert as_(chloe).get(f"/admin/readings/{path}/").status_code == 302
        assert as_(moderator).get(f"/admin/readings/{path}/").status_code == 403


def test_raw_readings_are_in_no_page_of_the_admin(as_, bruno):
    html = as_(bruno).get("/admin/").content.decode()
    assert "/admin/readings/override/" in html
    assert "/admin/readings/reading/" not in html
    assert "/admin/readings/salt/" not in html


def test_lists_in_the_admin_cost_the_same_at_any_length(as_, bruno, site):
    building.build_lists()
    client = as_(bruno)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/admin/readings/alsoviewed/").status_code == 200
    assert len(queries) < 12


# --- the trial ---


def test_trial_gives_each_half_of_the_visitors_its_own_lists_and_figures(
    client, site, settings, as_, bruno
):
    settings.ALSO_VIEWED_TRIAL = "back-off"
    readers_of([site[0], site[7]], 3)
    readers_of([site[4]], 4, first=200)
    building.build_lists()
    assert shown(site[0])[0] == site[7]
    assert shown(site[0], Variant.TREATMENT)[0] == site[4]
    for number in range(60):
        tell(client, site[0], number=number)
        tell(client, site[0], "shown", number=number)
        if number % 3 == 0:
            tell(client, site[0], "followed", number=number, position=1 + number % 5)
    both = experiment.figures(timezone.localdate())
    assert sum(variant.shown for variant in both) == 60
    assert all(15 <= variant.shown <= 45 for variant in both)
    assert sum(variant.followed for variant in both) == 20
    html = as_(bruno).get("/admin/readings/blocktally/?jours=7").content.decode()
    assert "Wilson" in html
    assert "back-off" in html
    assert {field.name for field in BlockTally._meta.get_fields()} == {
        "id",
        "article",
        "day",
        "variant",
        "position",
        "count",
    }


def test_page_and_figures_agree_on_the_arm(client, site, settings):
    settings.ALSO_VIEWED_TRIAL = "back-off"
    readers_of([site[0], site[7]], 3)
    readers_of([site[4]], 4, first=200)
    building.build_lists()
    variants = set()
    for number in range(12):
        html = client.get(
            site[0].get_absolute_url(), REMOTE_ADDR=address(number), headers={"user-agent": BROWSER}
        ).content.decode()
        BlockTally.objects.all().delete()
        tell(client, site[0], number=number)
        tell(client, site[0], "shown", number=number)
        variant = BlockTally.objects.get().variant
        first = html[html.index('class="also-viewed__item"') :].partition(
            '<li class="also-viewed__item"'
        )[0]
        assert ("Article 7" in first) == (variant == Variant.CONTROL)
        variants.add(variant)
    assert variants == set(Variant.values)


@pytest.mark.parametrize(
    ("followed", "seen", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 10, 0.0179, 0.4042),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_interval_is_that_of_wilson(followed, seen, low, high):
    assert experiment.wilson(followed, seen) == (
        pytest.approx(low, abs=2e-4),
        pytest.approx(high, abs=2e-4),
    )


def test_recount_finds_and_mends_a_wrong_count(client, site, capsys):
    tell(client, site[0])
    Article.objects.filter(pk=site[0].pk).update(readings_count=5)
    with pytest.raises(SystemExit):
        call_command("recount", "--check")
    call_command("recount")
    assert "readings_count 5 -> 1" in capsys.readouterr().out
    assert count(site[0]) == 1
