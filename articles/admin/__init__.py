from articles.admin import article, care_card, picture, records, section, tag  # noqa: F401  (each registers its model)
