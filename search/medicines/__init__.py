"""Names of medicines, from the French public medicines database."""
