"""The entry for servers and for `flask --app wsgi`."""

from nominations import create_app

app = create_app()
