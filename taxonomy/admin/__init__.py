from taxonomy.admin import care_card, section  # noqa: F401  (register their models)
