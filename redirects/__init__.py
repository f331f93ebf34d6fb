"""Old addresses lead on.

Who moves a page calls `moving.py`; the middleware asks only when nothing else answers.
"""
