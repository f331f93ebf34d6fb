from taxonomy.admin import section  # noqa: F401  (registers its model)
