"""Articles: their text, sources, versions, decisions, ratings, and the pages, feeds and maps that show them.

Sections, keywords and pictures are below; search, sharing, reactions and readings above.
"""
