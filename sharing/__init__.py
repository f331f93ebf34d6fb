"""What other sites show of an article: its share picture, and the links by which readers share it.

It hears of changes (`receivers.py`); nobody below calls it.
"""
