"""French words as the search compares them: pure functions.

A token is the stem of a word without case, accents and ligatures, in the letters a-z and digits
only, so that no database has an opinion about it, and SQLite and PostgreSQL get the same ones:
"l’Œdème" and "oedemes" give `oedem`, "vacciner" and "vaccination" give `vaccin`.
"""
