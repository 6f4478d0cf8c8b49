"""Signing in and out, and the person's own page."""

from nominations.web.auth.views import blueprint, init_app

__all__ = ["blueprint", "init_app"]
