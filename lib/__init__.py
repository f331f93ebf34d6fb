"""The ground: text, HTML, pictures, paging, limits, feeds, as any site of this kind could use them.

It knows Django and nothing of ours.
"""
