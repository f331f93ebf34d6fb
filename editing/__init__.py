"""What keeps two people, two tabs and a cut line from losing a text: what is typed is kept on the
server, who writes is shown, and nobody overwrites what another has saved.

Forms of the admin take it from `editing/admin.py`; the browser's part is in
`static/js/admin/editing/`.
"""
