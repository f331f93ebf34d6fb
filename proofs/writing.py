"""Writing at random in the editor, saved and opened again, loses nothing that is not named.

Five hundred steps of each seed in Chromium, the site as production runs it:
`python -m proofs.writing`, or `python -m proofs.writing 7 8` for other seeds.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import sync_playwright

from proofs.site import environment
from tests.demo_server import run
from tests.screenshots import CHROMIUM
from tests.serving import serving

SEEDS, STEPS = (1, 2, 3, 4), 500


def main() -> None:
    seeds = [int(one) for one in sys.argv[1:]] or SEEDS
    with tempfile.TemporaryDirectory(prefix="carevox-proof-") as folder:
        env = environment(folder, REQUIRE_STAFF_MFA="off")
        run("manage.py", "migrate", "-v", "0", **env)
        run("manage.py", "collectstatic", "--noinput", "-v", "0", **env)
        with serving(**env) as server, sync_playwright() as playwright:
            # the hand reads what is stored here, beside the loop of Playwright
            os.environ.update(env, DJANGO_ALLOW_ASYNC_UNSAFE="1")
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            url = server.url.replace("127.0.0.1", "localhost")
            failed = [seed for seed in seeds if not holds(browser, url, seed)]
            browser.close()
    sys.exit(f"writing: not with the seeds {failed}" if failed else 0)


def holds(browser: Any, url: str, seed: int) -> bool:
    """Print what the hand of this seed has done and tell whether nothing was lost."""
    import django

    django.setup()
    from articles.models import Article
    from tests.browsing import sign_in
    from tests.factories import make_article, make_author, make_picture
    from tests.paste.hand import Hand

    make_picture(alt="Un chat")
    article = make_article(published=False, body="<p>Avant</p><p>Après</p>")
    page = browser.new_page(locale="fr-FR")
    sign_in(page, SimpleNamespace(url=url), make_author(member=True, role="EDITOR"))
    hand = Hand(page, seed, lambda: Article.objects.get(pk=article.pk).body)
    page.goto(f"{url}/admin/articles/article/{article.pk}/change/")
    try:
        hand.write(STEPS)
    except Exception:
        traceback.print_exc()
        return False
    finally:
        page.context.close()
    print(f"seed {seed}: {STEPS} steps, saved {hand.saves} times: nothing lost", flush=True)
    return True


if __name__ == "__main__":
    main()
