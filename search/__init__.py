"""The search: French words over FTS5 on SQLite and over tsvector on PostgreSQL, the same answers from both.

document    what of an article is indexed, as tokens
index       the only writer of the index: index(article), rebuild()
query       what a reader typed, and the filters
matching    a query as levels of relevance, in the language of either database
finding     the page of results
spelling    « vouliez-vous dire », suggestions while typing
"""
