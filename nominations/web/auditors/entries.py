"""One entry of the log: its bytes, its hash and link, every field in words, what was said and whether it still fits."""

from __future__ import annotations

import json
from typing import Any

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import db_session
from nominations.queries.audit import GENERAL, MEETINGS
from nominations.queries.audit_entry import Checked, entry
from nominations.queries.flows import flow
from nominations.web.access import needs
from nominations.web.auditors.blueprint import AUDITOR, blueprint
from nominations.web.auditors.words import act_words, field_words, said_rows, stream_words
from nominations.web.formats import datetime_vi
from nominations.web.ground import lang, page, viewer
from workflows import state_label
from workflows.ledger import Entry


@blueprint.get("/nhat-ky/<stream>/<int:cseq>")
@needs(AUDITOR)
def entry_page(stream: str, cseq: int) -> ResponseReturnValue:
    """Show an entry as it is stored, and check it where it lies."""
    found = entry(db_session(), viewer(), stream, cseq)
    if found is None:
        abort(404)
    return page(
        "auditors/entry.html",
        entry=found,
        act=act_words(found.act),
        label=stream_words(stream),
        bytes_text=found.content.decode("utf-8", "replace"),
        fields=_fields(found),
        said=said_rows(found.payload),
        payload_text=found.payload.decode("utf-8", "replace"),
        stream_url=_stream_url(stream),
        previous_url=_neighbour(found, -1),
        next_url=_neighbour(found, 1),
    )


def _fields(found: Checked) -> list[dict[str, Any]]:
    """Every field of the entry in the order it is stored: its words, its value, and what the value means here."""
    if found.entry is None:
        return []
    stored = json.loads(found.content)
    notes = _notes(found)
    return [
        {"name": name, "label": field_words(name), "value": str(value), "note": notes.get(name)}
        for name, value in stored.items()
    ]


def _notes(found: Checked) -> dict[str, str]:
    """What the values of some fields mean to a reader."""
    notes = {"act": act_words(found.act), "actor": found.actor_name, "post": found.post, "behalf": found.behalf_name}
    if found.at is not None:
        notes["at"] = _("%(at)s, giờ Việt Nam", at=datetime_vi(found.at))
    if found.entry is None:
        return notes
    if found.flow is not None:
        notes |= _states(found.flow.id, found.entry)
        notes["wf"] = _("%(form)s, bộ quy định %(rule_set)s, %(tiers)s cấp, bản số %(number)s", **found.flow._asdict())
    if found.entry.snap is not None:
        sealed = _("đúng bản hồ sơ số %(number)s", number=found.revision)
        notes["snap"] = sealed if found.revision is not None else _("bản đang soạn, không lưu thành bản hồ sơ riêng")
    return {name: note for name, note in notes.items() if note}


def _states(flow_id: int, entry: Entry) -> dict[str, str]:
    """The states an entry moves between, by their names in the flow that allowed it."""
    workflow = flow(db_session(), flow_id)
    moved = {"from": entry.from_state, "to": entry.to_state}
    return {name: state_label(workflow, state, lang()) for name, state in moved.items() if state}


def _stream_url(stream: str) -> str:
    if stream in GENERAL or stream.startswith(MEETINGS):
        return url_for("auditors.stream", stream=stream)
    return url_for("auditors.file", code=stream)


def _neighbour(found: Checked, step: int) -> str | None:
    """The address of the entry before or after, where there is one."""
    there = found.cseq + step
    if not 1 <= there <= found.last:
        return None
    return url_for("auditors.entry_page", stream=found.stream, cseq=there)
