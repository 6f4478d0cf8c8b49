"""The outbox as the background worker has left it: what waits, what is tried again, what was given up."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from nominations.extensions import current_settings, db_session
from nominations.queries.outbox import outbox_counts
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.words import TOPICS
from nominations.web.ground import page


@blueprint.get("/hang-doi")
@needs(ADMIN)
def jobs() -> ResponseReturnValue:
    """Show the counts of each kind of message."""
    by_mail = bool(current_settings().mail_url)
    return page("administrators/jobs.html", lines=outbox_counts(db_session()), topics=TOPICS, by_mail=by_mail)
