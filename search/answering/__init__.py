"""The articles that come nearest to a query where few have all its words."""
