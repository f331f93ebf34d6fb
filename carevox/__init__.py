"""The roof: settings, addresses, middleware, the probe, and what needs every app.

Wiring only. What an editor or a reader would name lives in an app of its own below.
"""
