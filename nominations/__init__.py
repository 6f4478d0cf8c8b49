"""The web service: everything that knows HTTP or the database."""
