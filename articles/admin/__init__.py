from articles.admin import article, rating, tag  # noqa: F401  (register their models)
