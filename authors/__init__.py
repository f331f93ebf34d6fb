"""Accounts, public faces and roles: who signs in, who is seen, what they may do.

What they write lives above.
"""
