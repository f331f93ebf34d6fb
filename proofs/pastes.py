"""What programs put on the clipboard is stored as expected, in Firefox and in Chromium.

The documents are those of the tests (`tests/paste/documents.py`), with a text of 20,000 words and
one of 40,000 as Word writes them: twice the text may not take three times as long.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from lib.html.policy import clean_html
from proofs.browsers import driven
from proofs.site import environment
from tests.demo_server import run
from tests.paste.documents import PASTE, documents
from tests.serving import serving

PREPARE = """
import json, django; django.setup()
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from tests.factories import make_author
member, session = make_author("Bruno", member=True, role="EDITOR"), SessionStore()
session.update({
    "_auth_user_id": str(member.user_id),
    "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0],
    "_auth_user_hash": member.user.get_session_auth_hash(),
})
session.create()
print(json.dumps({"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}))
"""
WORDS = (20_000, 40_000)
MOST = 3.0  # times as long for twice the text
ENOUGH = 500.0  # milliseconds: what takes less is not told from noise


def main() -> None:
    failed = [browser for browser in ("firefox", "chrome") if not holds_in(browser)]
    sys.exit(f"pastes: not in {', '.join(failed)}" if failed else 0)


def holds_in(browser: str) -> bool:
    with tempfile.TemporaryDirectory(prefix="carevox-proof-") as folder:
        env = environment(folder, REQUIRE_STAFF_MFA="off")
        run("manage.py", "migrate", "-v", "0", **env)
        run("manage.py", "collectstatic", "--noinput", "-v", "0", **env)
        cookie = json.loads(run("-c", PREPARE, **env))
        pasted = [[each.html, each.text] for each in documents()]
        long = [[_as_word_writes(words), ""] for words in WORDS]
        told = Path(folder) / "documents.json"
        told.write_text(json.dumps({"script": PASTE, "documents": [*pasted, *long]}))
        with serving(**env) as server:
            seen = driven(
                "pastes.cjs",
                browser,
                url=server.url.replace("127.0.0.1", "localhost"),
                path="/admin/articles/article/add/",
                cookie=cookie,
                file=str(told),
            )
    return _told(seen)


def _as_word_writes(words: int) -> str:
    paragraphs = (
        "<p class=MsoNormal style='margin-bottom:8pt;line-height:107%'><span lang=FR>"
        f"{'mot ' * 22}<b style='mso-bidi-font-weight:normal'>gras</b><o:p></o:p></span>"
        f'<a href="#_ftn{n}" name="_ftnref{n}">[{n}]</a></p>'
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>"
        f"·</span>{'mot ' * 25}<img src='file:///x.png'></p>"
        for n in range(words // 50)
    )
    notes = (
        f"<div style='mso-element:footnote' id=ftn{n}><p><a href='#_ftnref{n}' name='_ftn{n}'>"
        f"[{n}]</a> Note.</p></div>"
        for n in range(words // 50)
    )
    return f"{''.join(paragraphs)}<div style='mso-element:footnote-list'>{''.join(notes)}</div>"


def _told(seen: dict[str, Any]) -> bool:
    """Print what differs from what is expected, and how long the long ones took."""
    *short, once, twice = seen["seen"]
    wrong = [
        document.name
        for document, found in zip(documents(), short, strict=True)
        if (clean_html(found["value"]), found["lost"]) != (document.expected, document.losses)
    ]
    times = [each["milliseconds"] for each in (once, twice)]
    is_linear = times[1] <= MOST * max(times[0], ENOUGH)
    print(
        f"{seen['version']}: {len(short) - len(wrong)} of {len(short)} documents as expected, "
        f"20,000 words in {times[0]:.0f} ms, 40,000 in {times[1]:.0f} ms; not so: {wrong or 'none'}"
    )
    return not wrong and is_linear


if __name__ == "__main__":
    main()
