"""What the magazine says of itself: settings of the site, its own pages, the contact form.

Nothing here knows articles or people.
"""
