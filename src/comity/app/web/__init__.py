"""The record in a browser: pages made on the server, each also as JSON, read-only and without a network."""

from comity.app.web.pages import make_app

__all__ = ["make_app"]
