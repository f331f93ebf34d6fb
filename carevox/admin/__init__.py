from carevox.admin import door, jobs, words  # noqa: F401  (they change the one site of Django's)
