"""Readers react to articles and report what is wrong; moderators decide.

Ratings are no reactions: they live with the articles.
"""
