"""Every string of the interface is in both catalogues, translated, and compiled."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = {"_", "_t", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
IN_TEMPLATE = re.compile(
    r"""\b(n?gettext)\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))(?:,\s*(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")))?|\b_\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))\)"""
)


def catalogue(language):
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


def of_python(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in NAMES
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.args[0].value


def of_template(path):
    for match in IN_TEMPLATE.finditer(templatize(path.read_text(encoding="utf-8"))):
        yield ast.literal_eval((match[2] or match[4]).removeprefix("u"))


def strings():
    folders = [
        path.parent
        for path in ROOT.glob("*/__init__.py")
        if path.parent.name not in {"tests", "benchmarks", "proofs"}
    ]
    python = {
        path: set(of_python(path))
        for folder in folders
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts
    }
    return python | {
        path: set(of_template(path))
        for path in (ROOT / "templates").rglob("*")
        if path.suffix in {".html", ".txt", ".xml"}
    }


def test_every_string_is_in_the_english_catalogue():
    known = {entry.msgid for entry in catalogue("en")}
    missing = {
        str(path.relative_to(ROOT)): sorted(found - known)
        for path, found in strings().items()
        if found - known
    }
    assert missing == {}, "run `make messages` and translate"
    assert len(known) > 400


def test_english_catalogue_is_complete():
    assert [entry.msgid for entry in catalogue("en") if not entry.translated() or entry.fuzzy] == []


def test_placeholders_are_the_same_in_both_languages():
    odd = []
    for entry in catalogue("en"):
        translations = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        wanted = set(re.findall(r"%\((\w+)\)", entry.msgid + entry.msgid_plural))
        odd += [
            entry.msgid
            for text in translations
            if not set(re.findall(r"%\((\w+)\)", text)) <= wanted
        ]
        odd += [
            entry.msgid
            for text in list(translations)[-1:]
            if set(re.findall(r"%\((\w+)\)", text)) != wanted
        ]
    assert odd == []


def test_french_catalogue_holds_every_plural():
    plurals = {entry.msgid for entry in catalogue("en") if entry.msgid_plural}
    assert {entry.msgid for entry in catalogue("fr")} == plurals
    assert all(entry.translated() for entry in catalogue("fr"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_compiled_catalogue_is_the_written_one(language):
    compiled = polib.mofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.mo"))
    assert {(entry.msgid, entry.msgstr) for entry in compiled} == {
        (entry.msgid, entry.msgstr) for entry in catalogue(language)
    }
