"""The entry for servers and for `flask --app wsgi`."""

import gc

from nominations import create_app

app = create_app()
gc.freeze()  # what lasts as long as the process is not looked through again at every full collection
