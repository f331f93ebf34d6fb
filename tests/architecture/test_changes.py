"""The map of what is announced and who listens: the arrows that no import shows.

Each kind of change stands here with its receivers; `lib/changes.py` says how it is sent.
"""

from importlib import import_module
from pathlib import Path

from lib.changes import Change

ROOT = Path(__file__).resolve().parent.parent.parent

ANNOUNCEMENTS = {
    "articles.changes.author_changed": [
        "articles.words.follow_article",
        "search.receivers.index_article",
        "sharing.receivers.draw_share_picture",
    ],
    "articles.changes.moved": [
        "articles.receivers.rerender_linking_texts",
        "search.receivers.index_article",
        "sharing.receivers.draw_share_picture",
    ],
    "articles.changes.names_changed": [
        "articles.words.follow_names",
        "search.receivers.index_articles",
    ],
    "articles.changes.notice_changed": [],
    "articles.changes.published": [
        "articles.receivers.rerender_linking_texts",
        "search.receivers.index_article",
        "sharing.receivers.draw_share_picture",
    ],
    "articles.changes.rated": [],
    "articles.changes.rerendered": ["search.receivers.index_article"],
    "articles.changes.text_replaced": [
        "articles.words.follow_article",
        "search.receivers.index_article",
        "sharing.receivers.draw_share_picture",
    ],
    "articles.changes.withdrawn": [
        "search.receivers.index_article",
        "sharing.receivers.remove_share_picture",
    ],
    "authors.changes.renamed": [
        "articles.receivers.follow_author",
        "sharing.receivers.draw_share_pictures_of",
    ],
    "comments.changes.edited": [],
    "comments.changes.hidden": [],
    "comments.changes.shown": [],
    "outbox.changes.sent": ["magazine.receivers.note_departure"],
    "pictures.changes.redrawn": ["articles.receivers.rerender_texts"],
    "taxonomy.changes.keyword_renamed": ["articles.receivers.follow_keyword"],
    "taxonomy.changes.section_renamed": ["sharing.receivers.draw_share_pictures_in"],
}


def test_every_announcement_is_on_the_map_with_its_receivers():
    found = {}
    for path in ROOT.glob("*/changes.py"):
        if path.parent.name != "lib":
            module = import_module(f"{path.parent.name}.changes")
            for name, change in vars(module).items():
                if isinstance(change, Change):
                    found[f"{module.__name__}.{name}"] = change.receivers
    assert found == ANNOUNCEMENTS
