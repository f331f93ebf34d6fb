"""Whom to call: care cards in three levels, help lines, and the words by which danger is known.

It knows nothing of articles or of the search, which ask it what to show.
"""
