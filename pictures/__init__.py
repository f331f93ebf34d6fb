"""The library of pictures and their renditions.

Which text shows which picture is known above, by those who show it.
"""
