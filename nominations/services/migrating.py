"""Running files go over to the version of their flow now in force: looked at first, then one audited act.

What would break under the new version stays on the one it has, and is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominations import END_STATES
from nominations.queries.case_facts import CaseRow, case_row
from nominations.queries.cases import build_case
from nominations.queries.flows import flow
from nominations.queries.running import Versions, running, running_under, versions_of
from nominations.services.apply import Change, Moment, apply
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import Message
from nominations.transactions import transactional
from workflows import Accepted, Workflow, state_label
from workflows.flows import FlowKey
from workflows.migration import Break, breaks

STREAM = "settings"
CHUNK = 100  # files a commit
NOBODY = 0  # no step is closed


@dataclass(frozen=True, slots=True)
class Migrating:
    """One running file: the version it has, its step in words (by language), and what stands against moving it."""

    code: str
    nominee: str
    version_id: int
    state: str
    vi: str
    en: str
    breaks: tuple[Break, ...]

    @property
    def goes(self) -> bool:
        """Whether it moves."""
        return not self.breaks


@dataclass(frozen=True, slots=True)
class Migration:
    """All running files of a flow that are not on the version in force."""

    key: FlowKey
    to_number: int
    files: tuple[Migrating, ...]
    done: bool = False

    @property
    def going(self) -> int:
        """How many files move."""
        return sum(file.goes for file in self.files)


def migration(session: Session, today: date, key: FlowKey) -> Migration:
    """The dry run: every file with what would break; reads only. Raises NotFound for a flow not in force."""
    versions = _versions(session, key)
    after = flow(session, versions.active)
    found = []
    for code in running_under(session, versions.earlier):
        row = case_row(session, code, today, lock=False)
        if row is not None:
            found.append(_migrating(session, row, after))
    return Migration(key, versions.number, tuple(found))


def migrate(
    session: Session, clock: Clock, origin: Origin, key: FlowKey, *, counted: int | None = None, chunk: int = CHUNK
) -> Migration:
    """Move what would not break, with one entry for the act and one in each file's chain; again: nothing is left.

    Raises NotFound for a flow not in force, InvalidInput where another number of files would move than was seen.
    """
    found = migration(session, clock.today(), key)
    if counted is not None and counted != found.going:
        raise InvalidInput({"counted": Message("other_number", {"count": found.going})})
    going = [file.code for file in found.files if file.goes]
    if not going:
        return replace(found, done=True)
    _say(session, clock, origin, found)
    moved = 0
    for first in range(0, len(going), chunk):
        moved += _move(session, clock, origin, key, going[first : first + chunk])
    _done(session, clock, origin, found, moved)
    return replace(found, done=True)


def _versions(session: Session, key: FlowKey) -> Versions:
    versions = versions_of(session, key)
    if versions is None:
        raise NotFound(f"{key.form} {key.rule_set} {key.tiers}")
    return versions


def _migrating(session: Session, row: CaseRow, after: Workflow) -> Migrating:
    before = flow(session, row.workflow_id)
    against = breaks(before, after, running(session, row, before))
    said = {lang: state_label(before, row.state, lang) for lang in ("vi", "en")}
    return Migrating(row.code, row.nominee_name, row.workflow_id, row.state, said["vi"], said["en"], against)


@transactional
def _say(session: Session, clock: Clock, origin: Origin, found: Migration) -> None:
    """The act's own entry: which flow, to which version, how many, and what stays."""
    said = {
        "form": found.key.form, "rule_set": found.key.rule_set, "tiers": found.key.tiers, "number": found.to_number,
        "files": found.going, "stay": [file.code for file in found.files if not file.goes],
    }  # fmt: skip
    record(session, clock.now(), STREAM, "migrate_flow", origin, said)


@transactional
def _move(session: Session, clock: Clock, origin: Origin, key: FlowKey, codes: Sequence[str]) -> int:
    """One chunk: each file locked, looked at again, and written; how many were."""
    versions, today = _versions(session, key), clock.today()
    after, moved = flow(session, versions.active), 0
    each = replace(origin, request_key=None)  # one request, many entries
    for code in codes:
        row = case_row(session, code, today, lock=True)
        if row is None or row.state in END_STATES or row.workflow_id not in versions.earlier:
            continue
        file = _migrating(session, row, after)
        if not file.goes:
            continue
        accepted = Accepted("migrate_flow", row.state, row.state, None, "", "", "", (), None, ())
        change = Change(workflow_id=versions.active)
        change.payload = {"input": {"from": file.version_id, "to": versions.active, "number": versions.number}}
        moment = Moment(clock.now(), today, NOBODY, each, row.version)
        apply(session, moment, row, after, build_case(row, after, today), accepted, change)
        moved += 1
    return moved


@transactional
def _done(session: Session, clock: Clock, origin: Origin, found: Migration, moved: int) -> None:
    said = {"form": found.key.form, "rule_set": found.key.rule_set, "tiers": found.key.tiers, "files": moved}
    record(session, clock.now(), STREAM, "migrate_flow_done", origin, said)
