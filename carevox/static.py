"""Static files for production: hashed names; style sheet and script each in one file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\((\w+)\))?;')
ADDRESS = re.compile(r'url\("(?!data:|/|https?:)([^"]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SCRIPT_IMPORT = re.compile(r'^import "\./([\w-]+\.js)";\n', re.MULTILINE)
SCRIPT_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
FLAT = "css/site.css"
JOINED = "js/site.js"
PAGES_OF_THE_PROXY = {  # named in deploy/nginx/carevox.conf
    "pages/panne.html": "proxy/away.html",
    "pages/trop-grand.html": "proxy/too_large.html",
    "pages/incomprise.html": "proxy/bad_request.html",
}


class SiteStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # comes without types
    support_js_module_import_aggregation = True
    manifest_strict = False

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """Lay both flat first: forty imports one by one would cost a phone two seconds."""
        for name, made in ((FLAT, flattened), (JOINED, joined)):
            if name in paths and not dry_run:
                flat = made(name)
                self.delete(name)
                self._save(name, ContentFile(flat.encode()))
                paths = {**paths, name: (self, name)}
        yield from super().post_process(paths, dry_run, **options)
        if not dry_run:
            yield from self.pages_of_the_proxy()

    def pages_of_the_proxy(self) -> Iterator[tuple[str, str, bool]]:
        """Draw what nginx answers by itself, with the hashed names that it serves."""
        for name, template in PAGES_OF_THE_PROXY.items():
            self.delete(name)
            self._save(name, ContentFile(render_to_string(template).strip().encode()))
            yield name, name, True

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Let the proxy read the compressed files too, whatever the umask."""
        for name, compressed in super().compress_files(paths):
            Path(self.path(compressed)).chmod(settings.FILE_UPLOAD_PERMISSIONS)
            yield name, compressed


def flattened(name: str) -> str:
    """Return the style sheet with each import in its place and in its layer.

    Addresses are made relative to the sheet.
    """
    folder = posixpath.dirname(name)

    def lay(match: re.Match[str]) -> str:
        imported = posixpath.normpath(posixpath.join(folder, match[1]))
        css = _relative_to(folder, posixpath.dirname(imported), _read(imported))
        return f"@layer {match[2]} {{\n{css}}}" if match[2] else css

    return COMMENT.sub("", IMPORT.sub(lay, _read(name)))


def joined(name: str) -> str:
    """Return the script with each module that it imports in its place, in a block of its own.

    The modules import and export nothing themselves.
    """
    folder = posixpath.dirname(name)

    def lay(match: re.Match[str]) -> str:
        return f"{{\n{_read(posixpath.join(folder, match[1]))}}}\n"

    return SCRIPT_COMMENT.sub("", SCRIPT_IMPORT.sub(lay, _read(name)))


def _read(name: str) -> str:
    return Path(str(finders.find(name))).read_text(encoding="utf-8")


def _relative_to(folder: str, origin: str, css: str) -> str:
    def rewrite(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(origin, match[1]))
        return f'url("{posixpath.relpath(target, folder)}")'

    return ADDRESS.sub(rewrite, css)
