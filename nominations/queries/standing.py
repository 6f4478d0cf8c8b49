"""How one file stands towards a viewer, in one statement: for whatever hangs on a file without being its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from nominations.models.audit import DEFAULT_ORIGIN
from nominations.queries.actors import Viewer
from nominations.queries.documents import document
from nominations.queries.visibility import Sight, Subject, sight

_PLAIN: Mapping[str, str] = {
    "id": "n.id",
    "form": "n.form",
    "state": "n.state",
    "entry_stage": "n.entry_stage",
    "version": "n.version",
    "workflow_id": "n.workflow_id",
    "revision_no": "n.revision_no",
    "chain_seq": "n.chain_seq",
    "chain_head": "n.chain_head",
    "chain_at": "n.chain_at",
    "snap": "n.snap",
    "proposing_unit": "n.proposing_unit_id",
    "proposing_path": "u.path",
    "nominee_unit": "e.unit_id",
}
_LISTS: Mapping[str, str] = {
    "log": "(SELECT x.value FROM settings x WHERE x.key = '{origin_key}')",
    "path": "n.path",
    "roles": "(SELECT {rows}({row}(x.person_id, x.role)) FROM nominee_persons x WHERE x.nominee_id = n.nominee_id)",
    "declared": "(SELECT {rows}(x.person_id) FROM conflict_declarations x WHERE x.nominee_id = n.nominee_id)",
    "reached": "(SELECT {rows}(x.unit_id) FROM nomination_reach x WHERE x.nomination_id = n.id)",
}
_FROM = """FROM nominations n JOIN nominees e ON e.id = n.nominee_id JOIN units u ON u.id = n.proposing_unit_id
    WHERE n.code = {key}"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A file's row as far as its chain and its revisions need it, and how far the viewer reads in it."""

    id: int
    code: str
    state: str
    version: int
    workflow_id: int
    revision_no: int
    chain: tuple[int, str, str]  # last step, its hash, its time
    snap: str | None
    path: Mapping[str, int]
    log: str  # the log's own name
    sight: Sight


def standing(session: Session, viewer: Viewer, code: str) -> Standing | None:
    """How the file ``code`` stands; None for one unknown, not theirs, or of which they may know only that it exists."""
    facts = document(session, _PLAIN, _LISTS, _FROM, code)
    if facts is None:
        return None
    seen = sight(viewer, _subject(facts))
    if seen is None or seen.bare:
        return None
    return Standing(
        id=facts["id"],
        code=code,
        state=facts["state"],
        version=facts["version"],
        workflow_id=facts["workflow_id"],
        revision_no=facts["revision_no"],
        chain=(facts["chain_seq"], facts["chain_head"], facts["chain_at"]),
        snap=facts["snap"],
        path=facts["path"] or {},
        log=str(facts["log"] or DEFAULT_ORIGIN),
        sight=seen,
    )


def _subject(facts: Mapping[str, Any]) -> Subject:
    return Subject(
        form=facts["form"],
        state=facts["state"],
        entry_stage=facts["entry_stage"],
        path=facts["path"] or {},
        proposing_unit=facts["proposing_unit"],
        proposing_path=facts["proposing_path"],
        nominee_unit=facts["nominee_unit"],
        roles={int(person): str(role) for person, role in facts["roles"]},
        declared=frozenset(facts["declared"]),
        reached=frozenset(facts["reached"]),
    )
