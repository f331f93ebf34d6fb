from articles.admin import article, notices, rating, tag  # noqa: F401  (register their models)
