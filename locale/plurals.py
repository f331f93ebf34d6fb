"""Bring the French catalogue to its plural entries, each its own translation.

Django then prints "0 réaction", as French does.
"""

from pathlib import Path

import polib

path = Path(__file__).resolve().parent / "fr" / "LC_MESSAGES" / "django.po"
catalogue = polib.pofile(str(path))
for entry in list(catalogue):
    if entry.msgid_plural:
        entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    else:
        catalogue.remove(entry)
catalogue.save()
