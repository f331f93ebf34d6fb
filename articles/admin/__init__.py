from articles.admin import article, picture, records, section, tag  # noqa: F401  (each registers its model)
