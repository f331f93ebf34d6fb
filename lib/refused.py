"""The one error of an operation that does not do what somebody asked for."""

from __future__ import annotations


class Refused(Exception):
    """Its text is the sentence, in French, that tells the reader or the editor why, and what to do.

    An operation raises it before anything is changed or inside its transaction; views, forms and
    the admin catch it and show the sentence. Whatever else an operation raises is a fault of ours.
    """
