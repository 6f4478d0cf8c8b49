"""The commands of `flask --app wsgi`, one file a group."""
