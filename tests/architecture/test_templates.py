"""How templates and style sheets are laid out: what djade, djlint and Biome do not see."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PARTIALS = [path for path in TEMPLATES if path.name.startswith("_")]
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
WIDEST = 120
BLOCK = re.compile(r"{%\s*(block|endblock)\b\s*([\w-]*)\s*%}")

# They stand inside a line of text: a line break at their end would be a space before a comma.
WITHIN_A_LINE = {"_search_status.html", "_search_title.html"}
TAKE_NOTHING = {"_icons.html", "_board.html", "_wordmark.html", "_leave.html"}

# Classes that no file of ours names whole, and what does.
MADE_ELSEWHERE = {
    r"teaser--(lead|row|block|small)": "_teaser.html puts the kind behind teaser--",
    r"(field|column)-\w+": "the admin names each cell after its column",
    r"focus-[xy]-\d+": "Picture.focus_classes",
    r"model-\w+": "the admin names the page after what it shows",
    r"(colMS|dashboard|fieldset-heading)": "the admin",
    r"(ProseMirror|prose)-[\w-]+": "the editor",
    (
        r"(aligned|change-form|change-list|changelist-form-container|checkbox-row|"
        r"fieldBox|flex-container|form-multiline)"
    ): "the admin",
    r"(form-row|inline-deletelink|nowrap|related-widget-wrapper|nonfield)": "the admin",
    r"v(Date|Time|Integer)Field": "the admin's widgets",
    r"data-theme": "the admin sets it on html; dark.css is ready for a choice of the reader's",
}


def named(paths):
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines()


def is_indented(line):
    return line.startswith("  ")


def test_no_line_is_too_wide():
    wide = {
        f"{path.relative_to(ROOT)}:{n}": len(line)
        for path in TEMPLATES
        for n, line in enumerate(lines_of(path), 1)
        if len(line) > WIDEST
    }
    assert wide == {}


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_indentation_is_by_two(path):
    odd = [
        line
        for line in lines_of(path)
        if line.strip()
        and (len(line) - len(line.lstrip(" "))) % 2
        or line.startswith("\t")
        or line != line.rstrip()
    ]
    assert odd == []


def test_what_stands_inside_is_indented():
    flat = [
        path
        for path in TEMPLATES
        if len(lines := lines_of(path)) > 10 and not any(map(is_indented, lines))
    ]
    assert [
        str(path.relative_to(ROOT)) for path in flat if "</" in path.read_text(encoding="utf-8")
    ] == []
    written = [line for path in TEMPLATES for line in lines_of(path) if line.strip()]
    assert sum(map(is_indented, written)) / len(written) > 0.7


@pytest.mark.parametrize("path", named(PARTIALS))
def test_partial_begins_by_what_it_takes(path):
    comments = re.match(r"(?:{# .+? #}\n?)+", path.read_text(encoding="utf-8"))
    assert comments
    assert ("Takes " in comments[0]) == (path.name not in TAKE_NOTHING)


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_block_that_spans_lines_is_named_at_its_end(path):
    text, opened = path.read_text(encoding="utf-8"), []
    for tag in BLOCK.finditer(text):
        if tag[1] == "block":
            opened.append(tag)
            continue
        start = opened.pop()
        spans = "\n" in text[start.end() : tag.start()]
        assert tag[2] == (start[2] if spans else ""), f"{start[0]} … {tag[0]}"
    assert opened == []


def test_only_what_stands_within_a_line_ends_without_a_line_break():
    assert {
        path.name for path in TEMPLATES if not path.read_text(encoding="utf-8").endswith("\n")
    } == WITHIN_A_LINE


def selectors(path):
    """Return the classes and the data attributes that a style sheet selects."""
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    rules = " ".join(re.findall(r"([^{};]+){", re.sub(r'"[^"]*"', '""', css)))
    return set(re.findall(r"\.([A-Za-z_][\w-]*)|\[(data-[\w-]+)", rules))


def test_every_selector_is_worn():
    """A class stands in a template, a script or Python, whole; what others make is declared above,
    with its maker."""
    folders = [
        "templates",
        "static/js",
        *(
            path.parent.name
            for path in ROOT.glob("*/__init__.py")
            if path.parent.name not in {"tests", "benchmarks", "proofs"}
        ),
    ]
    sources = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".html", ".js", ".py"}
    ]
    words = {
        word for path in sources for word in re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))
    }
    found = {first or second for path in STYLES for first, second in selectors(path)}
    assert len(found) > 300
    dead = {
        name
        for name in found - words
        if not any(re.fullmatch(pattern, name) for pattern in MADE_ELSEWHERE)
    }
    assert dead == set()


def test_every_maker_is_needed():
    found = {first or second for path in STYLES for first, second in selectors(path)}
    assert [
        pattern
        for pattern in MADE_ELSEWHERE
        if not any(re.fullmatch(pattern, name) for name in found)
    ] == []
