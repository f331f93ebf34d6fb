"""None: the roof has no rows. The file makes `migrate` speak to it (`carevox/apps.py`)."""
