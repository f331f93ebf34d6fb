"""What other sites show of an article: its card, and the links by which readers share it.

It hears of changes (`receivers.py`); nobody below calls it.
"""
