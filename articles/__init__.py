"""Articles: their text, sources, versions, decisions and ratings, and the pages, feeds and sitemaps
that show them.

Sections, keywords and pictures are below; search, sharing, comments and readings above.
"""
