"""The search of published articles, authors and subjects, in French as it is written.

It hears of changes (`receivers.py`); nobody below calls it.
"""
