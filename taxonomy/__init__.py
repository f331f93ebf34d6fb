"""Sections, keywords and care cards: the order in which articles stand.

Which articles stand there is known above.
"""
