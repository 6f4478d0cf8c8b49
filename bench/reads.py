"""What people look at: the queue with its counts and one file with its history, beside the same rows fetched by hand."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from bench.by_hand import connect
from bench.load import Loader
from bench.setup import learn, world_on
from bench.table import Line
from nominations.database import create_database_engine, create_session_factory
from nominations.queries.actors import Viewer, viewer
from nominations.queries.detail import detail
from nominations.queries.history import history
from nominations.queries.inbox import inbox_with_counts

TODAY = date(2024, 3, 4)
FILES = 2_000
ROUNDS = 60

QUEUE = """SELECT n.code, n.nominee_name, n.form, n.state, n.version, r.code, r.title, u.name, t.duty, t.opened_at, t.due_on
FROM tasks t JOIN nominations n ON n.id = t.nomination_id JOIN rounds r ON r.id = n.round_id
JOIN units u ON u.id = n.proposing_unit_id WHERE t.kind = 'step' AND t.closed_at IS NULL AND t.unit_id = :unit
AND t.duty = 'appraiser' ORDER BY t.due_on, t.id LIMIT 51"""
COUNT = """SELECT count(*) FROM (SELECT 1 FROM tasks t WHERE t.kind = 'step' AND t.closed_at IS NULL
AND t.unit_id = :unit AND t.duty = 'appraiser' LIMIT 1001) c"""
FILE = (
    "SELECT n.*, r.title, e.name AS nominee FROM nominations n JOIN rounds r ON r.id = n.round_id"
    " JOIN nominees e ON e.id = n.nominee_id WHERE n.code = :code",
    "SELECT * FROM tasks WHERE nomination_id = :n ORDER BY id",
    "SELECT o.*, p.full_name FROM opinions o JOIN people p ON p.id = o.person_id WHERE o.nomination_id = :n ORDER BY o.id",
    "SELECT d.* FROM decisions d WHERE d.nomination_id = :n ORDER BY d.id",
    "SELECT * FROM returns WHERE nomination_id = :n ORDER BY id",
    "SELECT f.*, x.size FROM nomination_files f JOIN files x ON x.sha256 = f.sha256 WHERE f.nomination_id = :n",
    "SELECT l.*, m.held_on FROM meeting_lines l JOIN meetings m ON m.id = l.meeting_id WHERE l.nomination_id = :n",
    "SELECT * FROM criteria WHERE group_no = '1.5' ORDER BY position",
    "SELECT e.*, p.payload FROM audit_entries e LEFT JOIN entry_payloads p ON p.stream = e.stream AND p.cseq = e.cseq"
    " WHERE e.stream = :code ORDER BY e.cseq",
)


def reads(url: str, dialect: str, quick: bool) -> list[Line]:
    """The queue and the file page's queries, ours and by hand."""
    loader = Loader(url)
    loader.up_to(loader.next + (300 if quick else FILES))  # whatever the cases left there: a queue with work in it
    engine = create_database_engine(url)
    world = world_on(engine)
    learn(engine)
    with create_session_factory(engine)() as session:
        who = viewer_of(session, world.people["appraiser.xa"])
        code, nomination = session.execute(
            text("SELECT code, id FROM nominations WHERE state = 'commune.council' ORDER BY id LIMIT 1")
        ).one()
        session.rollback()
        rounds = 5 if quick else ROUNDS
        hand = connect(url)
        unit = {"unit": world.units["21613"]}
        lines = [
            _line(
                dialect,
                "queue page with counts",
                "0.40",
                rounds,
                lambda: _queue(session, who),
                lambda: _by_hand(hand.all, unit),
            ),
            _line(
                dialect,
                "one file with its history",
                "0.35",
                rounds,
                lambda: _file(session, who, code),
                lambda: [hand.all(sql, {"code": code, "n": nomination}) for sql in FILE],
            ),
        ]
    engine.dispose()
    return lines


def viewer_of(session: Session, person: int) -> Viewer:
    """The person as the pages know them."""
    found = viewer(session, person, TODAY)
    if found is None:
        raise LookupError(person)
    return found


def _queue(session: Session, who: Viewer) -> None:
    inbox_with_counts(session, who, TODAY, "mine")
    session.rollback()


def _by_hand(everything: Callable[..., object], unit: dict[str, int]) -> None:
    everything(QUEUE, unit)
    everything(COUNT, unit)


def _file(session: Session, who: Viewer, code: str) -> None:
    if detail(session, who, code, TODAY) is None or history(session, who, code) is None:
        raise LookupError(code)
    session.rollback()


def _line(
    dialect: str, measure: str, must: str, rounds: int, ours: Callable[[], object], floor: Callable[[], object]
) -> Line:
    """Ours and the floor in turn; how fast ours is beside it (1 would be as fast)."""
    for _ in range(5):
        ours()
        floor()
    pairs = [(_seconds(ours), _seconds(floor)) for _ in range(rounds)]
    ratio = statistics.median(by_hand / mine for mine, by_hand in pairs)
    mine, by_hand = (statistics.median(pair[side] for pair in pairs) * 1000 for side in (0, 1))
    return Line(dialect, measure, ratio, f">= {must}", f"{mine:.2f} and {by_hand:.2f} ms")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
