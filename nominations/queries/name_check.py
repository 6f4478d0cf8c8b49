"""Up to hundreds of names checked in one go: among themselves, against files, nominees and awards already there.

Who asks is told what they may see anyway: files that have reached their units (of one they are in conflict with, no
more than that the nominee is known), nominees of their units or of such files with their awards, and whatever stands in
the public register. Who brings in past awards for the province is told of all of them. Of a file of another unit they
hear what the guard would tell them when they submit, and nothing else: its code, where the identity number is the same
and the form and round are too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from nominations.models.nominations import DEAD_STATES
from nominations.queries.actors import Viewer
from nominations.queries.draft_lists import near
from nominations.queries.likenesses import Like, among, by_corrected_name, by_id, register_like
from nominations.queries.nominees import READS
from nominations.queries.past_awards import may_bring_in
from nominations.queries.register import LISTED
from nominations.queries.sql import Found, day, numbers, quoted, rows
from nominations.queries.visibility import bare_sql, reach_sql
from workflows import DRAFT
from workflows.likeness import Bearer, Likeness
from workflows.limits import Had, Proposed, of_award, of_file

MOST_NAMES = 600
ITSELF = Likeness("itself")
_DEAD = ", ".join(map(quoted, DEAD_STATES))
AWARDED = "awarded"
_MARKS = {"complaint": "L5", "discipline": "L6"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to check: its number in what was asked, what it says, what it is proposed for, its own file if any."""

    number: int
    name: str
    bearer: Bearer
    proposed: Proposed
    nominee_id: int | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody found for a name, why they may be one, what of them was found, and the limits it touches.

    ``what``: row, file, elsewhere, award, mark, nominee. ``other`` is the number of another row; ``code`` a file's;
    ``where`` the unit of the nominee or of the file.
    """

    number: int
    name: str
    reason: str
    weight: int
    what: str
    found: str
    birth_year: int | None = None
    where: str = ""
    other: int | None = None
    code: str | None = None
    form: str | None = None
    title: str = ""
    state: str | None = None
    on: date | None = None
    decision: str | None = None
    limits: tuple[str, ...] = ()


def check_names(session: Session, viewer: Viewer, today: date, asked: Sequence[Asked]) -> tuple[Hit, ...]:
    """Everything found for those names, by their number, the weightiest first; a dozen statements however many."""
    bearers = [one.bearer for one in asked]
    hits = _among_themselves(asked)
    found_by_name = _without_double([*register_like(session, bearers), *by_corrected_name(session, viewer, bearers)])
    likes = [_itself(asked[like.place], like) for like in found_by_name]
    likes += _own(session, asked, {(like.place, like.known.id) for like in likes})
    told = near(session, viewer, likes)
    every = may_bring_in(session, viewer.actor, today)
    ids = {like.known.id for like in likes}
    files = _files(session, viewer, ids)
    awards = _past(session, ids if every else told) | _public(session, set() if every else ids - told, today)
    marks = _marks(session, viewer, told)
    hidden = _elsewhere(session, viewer, {like.known.id for like in likes if like.likeness.reason == "identity"})
    for like in likes:
        one, known = asked[like.place], like.known
        found = [
            *_of_files(one, like, files.get(known.id, ())),
            *_of_awards(one, like, awards.get(known.id, ()), today),
            *_of_marks(one, like, marks.get(known.id, ())),
            *_of_hidden(one, like, hidden.get(known.id, ())),
        ]
        if not found and (known.id in told or every) and known.id != one.nominee_id:
            found = [_hit(one, like, "nominee")]
        hits += found
    return tuple(sorted(hits, key=lambda hit: (hit.number, -hit.weight, hit.what, hit.other or 0, hit.code or "")))


def _among_themselves(asked: Sequence[Asked]) -> list[Hit]:
    """Pairs of the names asked about, told at the later one; of two files each is found as a file anyway."""
    found = []
    for later, earlier, like in among([one.bearer for one in asked]):
        one, other = asked[later], asked[earlier]
        if one.code is not None and other.code is not None:
            continue
        found.append(
            Hit(one.number, one.name, like.reason, like.weight, "row", other.name, other.bearer.birth_year,
                other=other.number, limits=("L1",) if like.sure else ())
        )  # fmt: skip
    return found


def _without_double(likes: Sequence[Like]) -> list[Like]:
    """For each name and nominee the weightiest reason."""
    best: dict[tuple[int, int], Like] = {}
    for like in likes:
        key = like.place, like.known.id
        if key not in best or best[key].likeness.weight < like.likeness.weight:
            best[key] = like
    return list(best.values())


def _itself(one: Asked, like: Like) -> Like:
    return like._replace(likeness=ITSELF) if like.known.id == one.nominee_id else like


def _own(session: Session, asked: Sequence[Asked], found: Collection[tuple[int, int]]) -> list[Like]:
    """The nominees of the files asked about themselves, where their names did not lead to them."""
    missing = [
        (place, one.nominee_id)
        for place, one in enumerate(asked)
        if one.nominee_id is not None and (place, one.nominee_id) not in found
    ]
    known = by_id(session, {nominee for _, nominee in missing})
    return [Like(place, known[nominee], ITSELF) for place, nominee in missing]


def _files(session: Session, viewer: Viewer, ids: Collection[int]) -> dict[int, list[Found]]:
    """The files of these nominees that the viewer may read of."""
    return _by_nominee(
        rows(
            session,
            "SELECT n.nominee_id, n.code, n.form, n.round_id, r.title, n.state, u.name FROM nominations n"
            " JOIN rounds r ON r.id = n.round_id JOIN units u ON u.id = n.proposing_unit_id"
            f" WHERE n.nominee_id IN ({numbers(ids)}) AND {reach_sql(viewer)} AND NOT ({bare_sql(viewer)})"
            " ORDER BY n.id DESC",
            {},
        )
    )


def _elsewhere(session: Session, viewer: Viewer, ids: Collection[int]) -> dict[int, list[Found]]:
    """Live, submitted files of these nominees in no unit of the viewer's: what the guard at the submission knows."""
    return _by_nominee(
        rows(
            session,
            "SELECT n.nominee_id, n.code, n.form, n.round_id FROM nominations n"
            f" WHERE n.nominee_id IN ({numbers(ids)}) AND n.state NOT IN ({_DEAD}) AND n.state <> {quoted(DRAFT)}"
            f" AND NOT {reach_sql(viewer)} ORDER BY n.id",
            {},
        )
    )


def _past(session: Session, ids: Collection[int]) -> dict[int, list[Found]]:
    """Awards of these nominees, ours and those brought in."""
    return _by_nominee(
        rows(
            session,
            "SELECT p.nominee_id, p.form, p.decided_on, p.decision_number, p.level_state, p.achievement_from,"
            " p.achievement_to, p.annulled_on FROM past_awards p"
            f" WHERE p.nominee_id IN ({numbers(ids)}) ORDER BY p.decided_on DESC, p.id",
            {},
        )
    )


def _public(session: Session, ids: Collection[int], today: date) -> dict[int, list[Found]]:
    """What the public register says of these nominees."""
    on = today if session.connection().dialect.name == "postgresql" else today.isoformat()
    listed = ", ".join(map(quoted, LISTED))
    return _by_nominee(
        rows(
            session,
            "SELECT n.nominee_id, a.form, a.decided_on, d.number, f.issuer_level = 'central', NULL, NULL, NULL"
            " FROM awards a JOIN nominations n ON n.id = a.nomination_id JOIN decisions d ON d.id = a.decision_id"
            f" JOIN award_forms f ON f.code = a.form WHERE n.nominee_id IN ({numbers(ids)})"
            f" AND a.status IN ({listed}) AND a.decided_on <= :today ORDER BY a.decided_on DESC, a.id",
            {"today": on},
        )
    )


def _marks(session: Session, viewer: Viewer, ids: Collection[int]) -> dict[int, list[Found]]:
    """What the viewer's own units have recorded against these nominees and not closed; nothing of one in conflict."""
    units = {post.unit_id for post in viewer.posts if post.duty in READS}
    me, own = int(viewer.person_id), numbers({post.unit_id for post in viewer.posts})
    return _by_nominee(
        rows(
            session,
            "SELECT m.nominee_id, m.kind, m.opened_on FROM nominee_marks m JOIN mark_records c ON c.mark_id = m.id"
            f" JOIN nominees e ON e.id = m.nominee_id WHERE m.nominee_id IN ({numbers(ids)})"
            f" AND c.unit_id IN ({numbers(units)}) AND m.closed_on IS NULL"
            f" AND (e.unit_id IS NULL OR e.unit_id NOT IN ({own}))"
            f" AND m.nominee_id NOT IN (SELECT y.nominee_id FROM nominee_persons y WHERE y.person_id = {me})"
            f" AND m.nominee_id NOT IN (SELECT x.nominee_id FROM conflict_declarations x WHERE x.person_id = {me})"
            " ORDER BY m.id",
            {},
        )
    )


def _by_nominee(found: Sequence[Found]) -> dict[int, list[Found]]:
    grouped: dict[int, list[Found]] = {}
    for row in found:
        grouped.setdefault(int(row[0]), []).append(row)
    return grouped


def _hit(one: Asked, like: Like, what: str, **more: Any) -> Hit:  # noqa: ANN401 - fields of a hit
    hit = Hit(one.number, one.name, like.likeness.reason, like.likeness.weight, what, like.known.name,
              like.known.birth_year, where=like.known.home)  # fmt: skip
    return replace(hit, **more)


def _moved(one: Asked, like: Like) -> tuple[str, ...]:
    """L10: the same person at another unit, as far as the identity number tells."""
    elsewhere = like.likeness.reason == "identity" and like.known.home_id not in one.bearer.units
    return ("L10",) if elsewhere else ()


def _of_files(one: Asked, like: Like, files: Sequence[Found]) -> list[Hit]:
    found = []
    for _, code, form, round_id, title, state, unit in files:
        if code == one.code or (state == AWARDED and round_id != one.proposed.round_id):
            continue  # its own file; or one that the award itself tells of
        touched = of_file(round_id, one.proposed, live=state not in DEAD_STATES)
        found.append(
            _hit(one, like, "file", code=code, form=form, title=title, state=state, where=unit,
                 limits=(*touched, *_moved(one, like)))
        )  # fmt: skip
    return found


def _of_awards(one: Asked, like: Like, awards: Sequence[Found], today: date) -> list[Hit]:
    found = []
    for _, form, on, number, state_level, first, last, annulled in awards:
        decided = day(on)
        if decided is None:
            continue
        had = Had(decided, bool(state_level), day(first), day(last), annulled is not None)
        touched = of_award(had, one.proposed, today)
        found.append(_hit(one, like, "award", form=form, on=decided, decision=number,
                          limits=(*touched, *_moved(one, like))))  # fmt: skip
    return found


def _of_marks(one: Asked, like: Like, marks: Sequence[Found]) -> list[Hit]:
    return [_hit(one, like, "mark", title=kind, on=day(on), limits=(_MARKS[kind],)) for _, kind, on in marks
            if like.likeness.sure]  # fmt: skip


def _of_hidden(one: Asked, like: Like, files: Sequence[Found]) -> list[Hit]:
    """Of a file elsewhere the code alone, where the guard would name it: nothing of the nominee or the unit."""
    return [
        Hit(one.number, one.name, like.likeness.reason, like.likeness.weight, "elsewhere", one.name, code=code,
            form=form, limits=("L1",))
        for _, code, form, round_id in files
        if form == one.proposed.form and round_id == one.proposed.round_id
    ]  # fmt: skip
