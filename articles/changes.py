"""What can happen to what readers see of an article.

`lib/changes.py` says how it is announced and heard.
"""

from __future__ import annotations

from articles.models import Article
from lib.changes import Change

published = Change[Article]()  # for the first time, or again after a withdrawal
withdrawn = Change[Article]()
# its words, keywords, sources or lead picture, in any state; all rows are saved
text_replaced = Change[Article]()
# the same words, drawn anew: a picture or the rules of the page have changed
rerendered = Change[Article]()
author_changed = Change[Article]()
moved = Change[Article]()  # another section or other words in the address
# another name of their author or of a keyword, or other keywords than before, in any state
names_changed = Change[list[int]]()
rated = Change[Article]()  # its counters of ratings: the row stands, or is gone
