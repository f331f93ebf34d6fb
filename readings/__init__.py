"""Articles that were really read, without readers: beacon, tallies, « aussi consulté », retention.

Nothing here knows who anybody is, and no other app writes these rows.
"""
