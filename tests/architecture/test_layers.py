"""Imports point down only, between the apps and inside them, however a module is named."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]
LAYERS = [set(line.split(" | ")) for line in CONTRACTS["contracts"][0]["layers"]]
APPS = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks", "proofs"}
MOST_MODULES = 16  # on one shelf
SETTINGS = "carevox.settings"  # named to Django, which everybody asks instead (django.conf)
DOTTED = re.compile(r"[a-z_]+(?:\.[A-Za-z_]+)+")


def modules() -> dict[str, Path]:
    """Return dotted name -> file of every module of the site, migrations apart."""
    found = {}
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def named_in(path: Path) -> set[str]:
    """Return the modules that a file imports, inside functions too, or names in a string."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and DOTTED.fullmatch(node.value)
        ):
            names |= {node.value} - {SETTINGS}
    return {module for name in names if (module := module_of(name))}


def module_of(name: str) -> str | None:
    """Return the module in which a dotted name lives; None for one that is not ours."""
    while name:
        if name in MODULES:
            return (
                name if name not in APPS else None
            )  # "articles.Article" names a model, not a module
        name = name.rpartition(".")[0]
    return None


@cache
def graph() -> dict[str, set[str]]:
    return {module: named_in(path) - {module} for module, path in MODULES.items()}


def level(module: str) -> int:
    return next(n for n, names in enumerate(LAYERS) if module.partition(".")[0] in names)


def test_every_app_has_its_place_in_the_contract():
    assert sorted(name for names in LAYERS for name in names) == sorted(APPS)
    assert sorted(CONTRACTS["root_packages"]) == sorted(APPS)
    assert not any("ignore_imports" in contract for contract in CONTRACTS["contracts"])


def test_no_import_points_up_or_aside():
    arrows = [
        (module, other)
        for module, others in graph().items()
        for other in others
        if module.partition(".")[0] != other.partition(".")[0] and level(other) <= level(module)
    ]
    assert arrows == []


def test_files_make_no_circle():
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        raise AssertionError(" -> ".join(error.args[1])) from error


def test_apps_of_more_than_ten_modules_have_a_contract_of_their_own():
    sizes = Counter(
        module.partition(".")[0]
        for module in MODULES
        if "." in module and MODULES[module].read_text(encoding="utf-8").strip()
    )
    large = {app for app, size in sizes.items() if size > 10}
    held = {
        container
        for contract in CONTRACTS["contracts"]
        if contract.get("exhaustive")
        for container in contract["containers"]
    }
    assert large <= held


def test_no_shelf_is_crowded():
    shelves = Counter(
        str(path.parent.relative_to(ROOT))
        for path in MODULES.values()
        if path.name != "__init__.py"
    )
    assert {shelf: size for shelf, size in shelves.items() if size > MOST_MODULES} == {}


def test_linter_agrees():
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
