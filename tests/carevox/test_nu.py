"""The Nu HTML checker and html-validate read a batch of our pages, Nu the styles too: no error."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from articles.models import Article
from carevox.static import flattened
from comments.threads import page_query
from lib.web.languages import in_language
from tests.factories import make_article, make_author, make_long_article, make_rating, make_section

pytestmark = pytest.mark.untraced
ROOT = Path(__file__).resolve().parent.parent.parent
JAR = Path(
    os.environ.get("VNU_JAR")
    or ROOT / ".venv" / "nu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
)
HEAP = "-Xmx512m"
SECOND = ROOT / ".venv" / "html-validate" / "node_modules" / ".bin" / "html-validate"
RULES = {"root": True, "extends": ["html-validate:standard", "html-validate:a11y"]}


def checker():
    """Return the command; say what to install where it cannot run.

    Under CI a skipped test has failed.
    """
    if not shutil.which("java"):
        pytest.skip("The Nu checker needs Java: apt install default-jre-headless.")
    if not JAR.is_file():
        pytest.skip(
            "The Nu checker is missing: install npm and run `make .venv/nu`, or name its vnu.jar"
            " in VNU_JAR."
        )
    return [
        "java",
        HEAP,
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--also-check-css",
        "--also-check-svg",
        "--exit-zero-always",
        "--stdout",
    ]


def complaints(files):
    done = subprocess.run(
        [*checker(), *map(str, files)], capture_output=True, text=True, timeout=300, check=True
    )
    found = json.loads(done.stdout)["messages"]
    return [
        f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']} … {m.get('extract', '')[:120]}"
        for m in found
        if m["type"] == "error"
    ]


def second_opinion(folder):
    """Return what html-validate, which looks at names and roles more closely, says of the pages."""
    if not SECOND.is_file():
        pytest.skip("html-validate is missing: install npm and run `make .venv/html-validate`.")
    (folder / "rules.json").write_text(json.dumps(RULES))
    command = [
        str(SECOND),
        "--config",
        str(folder / "rules.json"),
        "-f",
        "json",
        f"{folder}/*.html",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return [
        f"{Path(page['filePath']).name}:{m['line']}: {m['ruleId']}: {m['message']}"
        for page in json.loads(done.stdout)
        for m in page["messages"]
    ]


def test_checkers_find_errors(tmp_path):
    (tmp_path / "wrong.html").write_text(
        '<!DOCTYPE html><html lang="fr"><title>x</title><p><div id=a></div><div id=a></div></p>'
    )
    (tmp_path / "wrong.css").write_text("p { colour: red; }")
    assert len(complaints([tmp_path / "wrong.html", tmp_path / "wrong.css"])) >= 3
    assert len(second_opinion(tmp_path)) >= 2


@pytest.fixture
def pages(db, client, as_, chloe):
    section = make_section("Les Actus", parent=make_section("Médicaments & Soins", colour="care"))
    alice = make_author("Alice", role="WRITER", biography="Elle écrit.", credentials="pharmacienne")
    article = make_long_article(reactions=60, section=section, author=alice)
    for _n in range(22):
        make_rating(make_article(section=section, author=alice, lead_image=article.lead_image))
    path, member = article.get_absolute_url(), as_(chloe)
    asked = {
        "home": (client, "/"),
        "section": (client, "/medicaments-soins/"),
        "article": (client, path),
        "article-thread": (client, f"{path}?{page_query(article.comments.latest('path'))}"),
        "article-member": (member, path),
        "tag": (client, "/mots-cles/mot-cle-numero-1/"),
        "author": (client, "/auteurs/alice/"),
        "page": (client, "/a-propos/vie-privee/"),
        "most-read": (client, "/les-plus-lus/toujours/"),
        "archives": (client, "/archives/"),
        "search": (client, "/recherche?q=long"),
        "search-none": (client, "/recherche?q=zzxqv"),
        "404": (client, "/nulle-part/"),
        "report": (client, f"{path}/signalement/"),
        "style": (client, "/style/"),
    }
    accounts = ("login", "signup", "password/reset", "password/reset/done", "confirm-email")
    asked |= {
        f"account-{name.replace('/', '-')}": (client, f"/compte/{name}/") for name in accounts
    }
    own = (
        "profil",
        "email",
        "password/change",
        "logout",
        "reauthenticate",
        "2fa",
        "2fa/webauthn",
        "2fa/totp/activate",
        "2fa/recovery-codes/generate",
    )
    asked |= {f"member-{name.replace('/', '-')}": (member, f"/compte/{name}/") for name in own}
    answers = {name: who.get(address, follow=True) for name, (who, address) in asked.items()}
    answers |= {
        f"{name}-en": who.get(in_language(address, "en"), follow=True)
        for name, (who, address) in asked.items()
        if name in {"home", "article", "section"}
    }
    answers["signup-errors"] = client.post("/compte/signup/", {"pseudonym": "Modérateur"})
    answers["profile-errors"] = member.post("/compte/profil/", {"pseudonym": ""})
    answers["comment-errors"] = member.post(f"{path}/reactions/", {"text": ""})
    answers["note-error"] = member.post(f"{path}/note/", {"value": "9"})
    Article.objects.filter(pk=article.pk).update(status=Article.Status.WITHDRAWN)
    answers["withdrawn"] = client.get(path)
    return answers


@pytest.mark.urls("tests.carevox.urls")
def test_pages_and_style_sheet_are_valid(pages, tmp_path):
    files = []
    for name, answer in pages.items():
        files.append(tmp_path / f"{name}.html")
        files[-1].write_bytes(answer.content)
    for name in ("css/site.css", "css/style.css"):
        files.append(tmp_path / Path(name).name)
        files[-1].write_text(flattened(name))
    files.append(Path(settings.BASE_DIR) / "static" / "img" / "favicon.svg")
    assert len(files) > 30
    found = complaints(files)
    assert found == [], "\n".join(found[:20])
    found = second_opinion(tmp_path)
    assert found == [], "\n".join(found[:20])
