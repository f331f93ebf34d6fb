"""How the lists of the admin find rows by their words: authors, articles, reactions.

Not the readers' search, which knows published articles only and ranks them (`search/`).
"""
