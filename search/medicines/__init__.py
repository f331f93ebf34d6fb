"""Names of medicines, from the French public medicines database.

A query that names a brand is told what is in it, where the official sheet is, and to ask a
pharmacist; nothing about doses.
"""

from search.medicines.lookup import MedicineName, found, sought

__all__ = ["MedicineName", "found", "sought"]
