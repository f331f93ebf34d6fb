"""Readers' reactions, what readers report about them, and what moderators decided."""

from comments.models.comment import Comment, CommentQuerySet
from comments.models.decision import ModerationDecision
from comments.models.report import GRAVITY, Report

__all__ = ["GRAVITY", "Comment", "CommentQuerySet", "ModerationDecision", "Report"]
