"""Work that is due by itself, done beside the pages by a process of its own: ``flask --app wsgi jobs run``."""
