"""A form that the browser brings back whole from its page cache loses no second text.

The member writes, goes back to the page that still holds the first text and its hidden fields,
writes something else over it, and sends that. Both have to stand. Each browser is driven over
WebDriver BiDi and has to show first that the page came from its cache: it still bears a mark that
no page loaded anew could bear. Chromium keeps no page that leads to its own address again, so
there the member answers a reaction.
"""

from __future__ import annotations

import json
import sys
import tempfile
from typing import Any

from proofs.browsers import driven
from proofs.site import environment
from tests.demo_server import run
from tests.serving import serving

TEXTS = ["Une première réaction.", "Une seconde, tout autre."]
PREPARE = """
import json, django; django.setup()
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from tests.factories import make_article, make_author, make_comment
member, session = make_author("Chloé", member=True), SessionStore()
session.update({
    "_auth_user_id": str(member.user_id),
    "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0],
    "_auth_user_hash": member.user.get_session_auth_hash(),
})
session.create()
cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
comment = make_comment(make_article())
path = comment.article.get_absolute_url()
print(json.dumps({"paths": [path, f"{path}?reponse={comment.pk}"], "cookie": cookie}))
"""
WRITTEN = """
import json, django; django.setup()
from comments.models import Comment
print(json.dumps(list(Comment.objects.order_by("pk").values_list("text", flat=True)[1:])))
"""


SCENES = [("firefox", 0), ("firefox", 1), ("chrome", 1)]  # browser, which of the two pages


def main() -> None:
    failed = [browser for browser, page in SCENES if not holds_in(browser, page)]
    sys.exit(f"restored_form: not in {', '.join(failed)}" if failed else 0)


def holds_in(browser: str, page: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="carevox-proof-") as folder:
        env = environment(folder)
        run("manage.py", "migrate", "-v", "0", **env)
        run("manage.py", "collectstatic", "--noinput", "-v", "0", **env)
        place = json.loads(run("-c", PREPARE, **env))
        path, cookie = place["paths"][page], place["cookie"]
        with serving(**env) as server:
            url = server.url.replace("127.0.0.1", "localhost")
            seen = driven(
                "restored_form.cjs", browser, url=url, texts=TEXTS, path=path, cookie=cookie
            )
        return told(path, seen, json.loads(run("-c", WRITTEN, **env)))


def told(path: str, seen: dict[str, Any], written: list[str]) -> bool:
    """Print what was seen and tell whether it proves anything and holds."""
    cached = seen["persisted"] and seen["marker"] and seen["text"] == TEXTS[0]
    came = "from the page cache" if cached else "NOT from the page cache"
    print(f"{seen['version']}, {path}: came {came}; shown {seen['shown']}, written {written}")
    return bool(cached and written == TEXTS and seen["shown"] == TEXTS)


if __name__ == "__main__":
    main()
