"""What exists: modules and what they define, settings, commands, make targets, template tags."""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec

from django.apps import apps
from django.conf import global_settings
from django.core.management import BaseCommand, get_commands, load_command_class
from django.db.models import Manager, Model, QuerySet
from django.template import Engine
from django.template.library import import_library

import carevox.settings
from tests.architecture.texts import ROOT, syntax, tree


@dataclass
class Defined:
    """A module or a class: the names that it defines, and those of its classes."""

    names: set[str] = field(default_factory=set)
    classes: dict[str, Defined] = field(default_factory=dict)
    bases: list[str] = field(default_factory=list)


@cache
def modules() -> dict[str, Defined]:
    """Return dotted name -> what it defines, for every Python file; folders are modules too."""
    found: dict[str, Defined] = defaultdict(Defined)
    for name in tree():
        if name.endswith(".py"):
            parts = name.removesuffix(".py").removesuffix("/__init__").split("/")
            found[".".join(parts)] = defined_by(syntax(name)[0].body)
    for name in list(found):
        above, _dot, last = name.rpartition(".")
        while above:
            found[above].names.add(last)
            above, _dot, last = above.rpartition(".")
    return dict(found)


def defined_by(body: list[ast.stmt]) -> Defined:
    found = Defined()
    for node in body:
        if isinstance(node, ast.ClassDef):
            found.names.add(node.name)
            found.classes[node.name] = inner = defined_by(node.body)
            inner.bases = [name for base in node.bases if (name := last_name(base))]
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found.names.add(node.name)
            found.names |= {
                target.attr
                for inner_node in ast.walk(node)
                if isinstance(inner_node, (ast.Assign, ast.AnnAssign))
                for target in targets(inner_node)
                if isinstance(target, ast.Attribute) and last_name(target.value) == "self"
            }
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found.names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            found.names |= {name for target in targets(node) if (name := last_name(target))}
        elif isinstance(node, (ast.If, ast.Try, ast.With, ast.For)):
            inner = defined_by([*node.body, *getattr(node, "orelse", [])])
            found.names |= inner.names
            found.classes |= inner.classes
    return found


def targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    flat = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [part for target in flat for part in getattr(target, "elts", [target])]


def last_name(node: ast.expr) -> str:
    while isinstance(node, (ast.Subscript, ast.Call)):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    return str(getattr(node, "attr", getattr(node, "id", "")))


@cache
def related_names() -> frozenset[str]:
    """Return what foreign keys call the way back."""
    pattern = re.compile(r'related_name="(\w+)"')
    files = (path for name, path in tree().items() if name.endswith(".py"))
    return frozenset(n for path in files for n in pattern.findall(path.read_text("utf-8")))


@cache
def classes() -> dict[str, list[Defined]]:
    """Return name -> the classes so named, in modules and in other classes."""
    found = defaultdict(list)
    waiting = list(modules().values())
    while waiting:
        for name, inner in waiting.pop().classes.items():
            found[name].append(inner)
            waiting.append(inner)
    return dict(found)


def exists(dotted: str) -> bool:
    """Tell whether a dotted name is found, its beginning left out or not: `voting.cast_rating`."""
    first, *rest = dotted.split(".")
    if any(in_module(module, rest) for name, module in modules().items() if ends(name, first)):
        return True
    for take in range(len(rest), 0, -1):  # articles.voting.cast_rating
        head, tail = ".".join([first, *rest[:take]]), rest[take:]
        if any(in_module(m, tail) for name, m in modules().items() if ends(name, head)):
            return True
    same = classes().get(first) or classes().get(first.title().replace("_", ""), [])
    if any(in_class(found, rest) for found in same):
        return True
    return dotted in permissions() or in_package(first, rest)


def ends(name: str, last: str) -> bool:
    return name == last or name.endswith("." + last)


def in_module(module: Defined, rest: list[str]) -> bool:
    if not rest:
        return True
    if rest[0] not in module.names:
        return False
    inner = module.classes.get(rest[0])
    return len(rest) == 1 or inner is None or in_class(inner, rest[1:])


def in_class(found: Defined, rest: list[str]) -> bool:
    if not rest or rest[0] in found.names | related_names() | inherited():
        inner = found.classes.get(rest[0]) if rest else None
        return inner is None or in_class(inner, rest[1:])
    return any(in_class(base, rest) for name in found.bases for base in classes().get(name, []))


@cache
def inherited() -> frozenset[str]:
    """Return what every model has from Django."""
    return frozenset({*dir(Model), *dir(QuerySet), *dir(Manager), "id", "pk", "objects"})


def in_package(first: str, rest: list[str]) -> bool:
    """Tell whether an installed package has the name."""
    if first in {name.partition(".")[0] for name in modules()} or not find_spec(first):
        return False
    value, name = importlib.import_module(first), first
    for part in rest:
        name += f".{part}"
        if not hasattr(value, part):
            try:
                importlib.import_module(name)
            except ImportError:
                return False
        value = getattr(value, part)
    return True


@cache
def permissions() -> frozenset[str]:
    """Return `app.codename` of every permission."""
    kinds = [(model._meta, model._meta.permissions) for model in apps.get_models()]
    own = {f"{meta.app_label}.{code}" for meta, pairs in kinds for code, _label in pairs}
    verbs = ("add", "change", "delete", "view")
    return frozenset(
        own | {f"{m.app_label}.{v}_{m.model_name}" for m, _own in kinds for v in verbs}
    )


@cache
def settings() -> frozenset[str]:
    """Return the settings of site, Django and allauth, and the variables of the environment."""
    from allauth.account import app_settings as account
    from allauth.mfa import app_settings as mfa

    return frozenset(
        {name for name in {*dir(carevox.settings), *dir(global_settings)} if name.isupper()}
        | set(carevox.settings.read.known)
        | {f"ACCOUNT_{name}" for name in dir(account._app_settings)}
        | {f"MFA_{name}" for name in dir(mfa._app_settings)}
    )


@cache
def command(name: str) -> BaseCommand | None:
    app = get_commands().get(name)
    return app if isinstance(app, BaseCommand) or app is None else load_command_class(app, name)


def options(name: str) -> set[str]:
    """Return the options of a management command."""
    found = command(name)
    assert found is not None
    parser = found.create_parser("manage.py", name)
    return {option for action in parser._actions for option in action.option_strings}


@cache
def make_targets() -> frozenset[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^([a-z./][\w./-]*):(?!=)", text, re.MULTILINE))


@cache
def template_words() -> frozenset[str]:
    """Return the names of all template tags and filters."""
    engine = Engine.get_default()
    libraries = [*engine.template_builtins, *map(import_library, engine.libraries.values())]
    return frozenset(name for library in libraries for name in {*library.tags, *library.filters})
