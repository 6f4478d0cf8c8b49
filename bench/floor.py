"""The floor: the same rows and the same six commits by hand-written SQL, a round trip a statement.

What a careful engineer would write without a framework: the row is locked and read, the version and the post are
checked, the chained entry is made and hashed, tasks, participations and the outbox are written. No rules, no flows.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime

import orjson

from bench.by_hand import PostgresConnection, SqliteConnection
from bench.ours import PAPERS
from tests.world import World

STEPS = (
    ("nominator.xa", "submit", "draft", "commune.intake", "appraiser"),
    ("appraiser.xa", "accept", "commune.intake", "commune.appraisal", "appraiser"),
    ("appraiser.xa", "return", "commune.appraisal", "commune.appraisal.returned", "nominator"),
    ("nominator.xa", "resubmit", "commune.appraisal.returned", "commune.appraisal", "appraiser"),
    ("appraiser.xa", "recommend", "commune.appraisal", "commune.council", "secretary"),
)
PAIRS = {
    "submit": (("drafter_appraiser", "drafts"), ("preparer_decider", "prepares")),
    "accept": (
        ("nominee_review", "review"),
        ("drafter_appraiser", "appraises"),
        ("preparer_decider", "prepares"),
    ),
}


class FloorCase:
    """Plays cases by hand."""

    def __init__(self, connection: PostgresConnection | SqliteConnection, world: World) -> None:
        self.db = connection
        self.unit = world.units["21613"]
        self.people = {name: world.people[name] for name in ("nominator.xa", "appraiser.xa")}
        one = connection.run("SELECT id FROM rounds WHERE code = 'hang-nam'", {})
        flow = connection.run(
            "SELECT id, sha256 FROM workflow_versions WHERE form = 'BK-TINH' AND rule_set = 'R2' AND tiers = 3", {}
        )
        council = connection.run("SELECT id FROM councils WHERE unit_id = :unit", {"unit": self.unit})
        if one is None or flow is None or council is None:
            raise RuntimeError("the province is not there")
        self.round, self.flow, self.wf, self.council = one[0], flow[0], flow[1], council[0]
        self.content = world.content("1.5")

    def play(self, number: str, timed: Callable[[float], None]) -> str:
        """One whole case."""
        code, nomination, head, version = self._create(number)
        for who, action, before, after, duty in STEPS:
            began = time.perf_counter()
            head, version = self.act(code, nomination, version, who, action, before, after, duty, head)
            timed(time.perf_counter() - began)
        return code

    def ready(self, number: str) -> tuple[str, int, tuple[int, str, str], int]:
        """A case that has been submitted and accepted: code, row, head of its chain, version."""
        code, nomination, head, version = self._create(number)
        for who, action, before, after, duty in STEPS[:2]:
            head, version = self.act(code, nomination, version, who, action, before, after, duty, head)
        return code, nomination, head, version

    def _create(self, number: str) -> tuple[str, int, tuple[int, str, str], int]:
        db, now, person = self.db, _now(), self.people["nominator.xa"]
        db.begin()
        self._checked(person)
        name = f"Hộ ông Sàn Đo {number}"
        nominee = db.run(
            "INSERT INTO nominees (ref, kind, name, name_folded, home_unit_id, created_at)"
            " VALUES (:ref, 'household', :name, :name, :unit, :now) RETURNING id",
            {"ref": secrets.token_hex(16), "name": name, "unit": self.unit, "now": now},
        )
        code = f"FL-{secrets.token_hex(6)}"
        row = db.run(
            "INSERT INTO nominations (code, round_id, form, nominee_id, nominee_name, nominee_folded, subject_kind,"
            " subject_group, proposing_unit_id, entry_stage, state, version, workflow_id, created_by, created_at,"
            " updated_at, revision_no, working, path, reconfirm, return_counts, chain_seq, chain_head, chain_at,"
            " snap_salt, snap) VALUES (:code, :round, 'BK-TINH', :nominee, :name, :name, 'household', '1.5', :unit,"
            " '', 'draft', 1, :flow, :person, :now, :now, 0, '{}', '{}', '[]', '{}', 0, :zero, '', :salt, :zero)"
            " RETURNING id",
            {
                "code": code, "round": self.round, "nominee": (nominee or (0,))[0], "name": name, "unit": self.unit,
                "flow": self.flow, "person": person, "now": now, "zero": "0" * 64, "salt": secrets.token_bytes(32),
            },
        )  # fmt: skip
        nomination = (row or (0,))[0]
        db.run(
            "INSERT INTO nomination_reach (nomination_id, unit_id, reached_at) VALUES (:n, :u, :now)",
            {"n": nomination, "u": self.unit, "now": now},
        )
        head = (0, "0" * 64, "")
        for version, act in enumerate(("create", "attach", "attach", "attach", "save"), start=1):
            if act == "attach":
                self._paper(nomination, PAPERS[version - 2], person, now)
            head = self._entry(code, head, act, "draft", "draft", version, {})
            db.run(
                "UPDATE nominations SET version = :v, chain_seq = :s, chain_head = :h, chain_at = :a, working = :w,"
                " snap = :h, updated_at = :now WHERE id = :n",
                {
                    "v": version,
                    "s": head[0],
                    "h": head[1],
                    "a": head[2],
                    "w": _json(self.content),
                    "now": now,
                    "n": nomination,
                },
            )
            if act != "create":
                self._outbox(code, now)
        db.finish()
        return code, nomination, head, 5

    def _checked(self, person: int) -> None:
        """The post and the form of the round, looked at before a draft is made."""
        self.db.run("SELECT id FROM posts WHERE person_id = :p AND unit_id = :u", {"p": person, "u": self.unit})
        self.db.run("SELECT form FROM round_forms WHERE round_id = :r AND form = 'BK-TINH'", {"r": self.round})

    def _paper(self, nomination: int, paper: tuple[str, bytes], person: int, now: str) -> None:
        kind, content = paper
        digest = hashlib.sha256(content).hexdigest()
        self.db.run(
            "INSERT INTO files (sha256, size, media_type, stored_at) VALUES (:sha, :size, 'application/pdf', :now)"
            " ON CONFLICT DO NOTHING",
            {"sha": digest, "size": len(content), "now": now},
        )
        self.db.run(
            "INSERT INTO nomination_files (nomination_id, sha256, kind, section, name, added_by, added_at)"
            " VALUES (:n, :sha, :kind, 'papers', :kind, :p, :now)",
            {"n": nomination, "sha": digest, "kind": kind, "p": person, "now": now},
        )

    def act(
        self, code: str, nomination: int, seen: int, who: str, action: str, before: str, after: str, duty: str,
        head: tuple[int, str, str],
    ) -> tuple[tuple[int, str, str], int]:  # fmt: skip
        """One action in a transaction of its own: the new head and version."""
        db, now, person = self.db, _now(), self.people[who]
        db.begin()
        row = db.run(
            "SELECT state, version, chain_seq, chain_head, chain_at FROM nominations WHERE id = :n " + db.lock,
            {"n": nomination},
        )
        if row is None or row[0] != before or row[1] != seen:
            raise RuntimeError("somebody else was here")
        self._guarded(nomination, person)
        revision = self._own_rows(nomination, action, person, now)
        for pair, side in PAIRS.get(action, ()):
            db.run(
                "INSERT INTO participations (nomination_id, person_id, pair, side) VALUES (:n, :p, :pair, :side)",
                {"n": nomination, "p": person, "pair": pair, "side": side},
            )
        if action == "recommend":
            self._opinion(nomination, person, now)
        db.run(
            "UPDATE tasks SET closed_at = :now, closed_by = :p, outcome = :a WHERE nomination_id = :n AND closed_at IS NULL",
            {"now": now, "p": person, "a": action, "n": nomination},
        )
        db.run(
            "INSERT INTO tasks (nomination_id, kind, step, unit_id, duty, substitute, nobody_free, opened_at)"
            " VALUES (:n, 'step', :step, :u, :duty, :no, :no, :now)",
            {"n": nomination, "step": after, "u": self.unit, "duty": duty, "no": False, "now": now},
        )
        version = seen + 1
        head = self._entry(code, head, action, before, after, version, {"note": "Đủ điều kiện."})
        stage, _, step = after.partition(".")
        db.run(
            "UPDATE nominations SET state = :state, stage = :stage, step = :step, version = :v, chain_seq = :s,"
            " chain_head = :h, chain_at = :a, updated_at = :now, entry_stage = 'commune' WHERE id = :n AND version = :seen",
            {
                "state": after, "stage": stage, "step": step.partition(".")[0], "v": version, "s": head[0], "h": head[1],
                "a": head[2], "now": now, "n": nomination, "seen": seen,
            },
        )  # fmt: skip
        if revision is not None:
            db.run("UPDATE nominations SET revision_id = :r WHERE id = :n", {"r": revision, "n": nomination})
        self._outbox(code, now)
        db.finish()
        return head, version

    def _guarded(self, nomination: int, person: int) -> None:
        """What permission and guards ask of the rows."""
        both = {"n": nomination, "p": person, "u": self.unit}
        self.db.run("SELECT duty FROM posts WHERE person_id = :p AND unit_id = :u", both)
        self.db.run("SELECT pair, side FROM participations WHERE nomination_id = :n AND person_id = :p", both)
        self.db.run("SELECT id FROM tasks WHERE nomination_id = :n AND closed_at IS NULL", both)

    def _own_rows(self, nomination: int, action: str, person: int, now: str) -> int | None:
        """What the act itself writes: a revision, a return or its end."""
        if action in {"submit", "resubmit"}:
            body = _json(self.content).encode()
            found = self.db.run(
                "INSERT INTO revisions (nomination_id, number, content, sha256, sections, created_by, created_at)"
                " VALUES (:n, :no, :body, :sha, '{}', :p, :now) RETURNING id",
                {
                    "n": nomination, "no": 1 if action == "submit" else 2, "body": body,
                    "sha": hashlib.sha256(body).hexdigest(), "p": person, "now": now,
                },
            )  # fmt: skip
            if action == "resubmit":
                self.db.run(
                    "UPDATE returns SET closed_at = :now WHERE nomination_id = :n AND closed_at IS NULL",
                    {"now": now, "n": nomination},
                )
            return (found or (None,))[0]
        if action == "return":
            self.db.run(
                "INSERT INTO returns (nomination_id, depth, from_state, by_unit_id, by_person, holder_unit_id, holder_duty,"
                " mode, sections, faults, opened_at) VALUES (:n, 1, 'commune.appraisal', :u, :p, :u, 'nominator', 'chain',"
                " '[]', '[]', :now)",
                {"n": nomination, "u": self.unit, "p": person, "now": now},
            )
        return None

    def _opinion(self, nomination: int, person: int, now: str) -> None:
        """The appraiser's opinion, and the meeting its council opens."""
        revision = self.db.run("SELECT revision_id FROM nominations WHERE id = :n", {"n": nomination})
        values = {"n": nomination, "u": self.unit, "p": person, "r": (revision or (0,))[0], "now": now}
        self.db.run(
            "INSERT INTO opinions (nomination_id, kind, stage, unit_id, person_id, pair, side, advice, reasons,"
            " by_criterion, revision_id, reviewed_sections, created_at) VALUES (:n, 'appraisal', 'commune', :u, :p,"
            " 'preparer_decider', 'prepares', 'for', 'Đủ điều kiện.', '{}', :r, '[]', :now)",
            values,
        )
        meeting = self.db.run(
            "INSERT INTO meetings (council_id, status, secret, stream, chain_seq, chain_head, chain_at, created_at)"
            " VALUES (:c, 'open', :no, :stream, 0, :zero, '', :now) RETURNING id",
            {"c": self.council, "no": False, "stream": secrets.token_hex(8), "zero": "0" * 64, "now": now},
        )
        self.db.run(
            "INSERT INTO meeting_lines (meeting_id, nomination_id, stage, revision_id) VALUES (:m, :n, 'commune', :r)",
            {"m": (meeting or (0,))[0], "n": nomination, "r": values["r"]},
        )

    def _entry(
        self, code: str, head: tuple[int, str, str], act: str, before: str, after: str, version: int, payload: object
    ) -> tuple[int, str, str]:
        salt = secrets.token_bytes(32)
        said = orjson.dumps(payload)
        at = max(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"), head[2])
        body = {
            "v": 1, "log": "floor", "at": at, "act": act, "actor": "floor", "nomination": code, "cseq": head[0] + 1,
            "cprev": head[1], "from": before, "to": after, "ver": version, "wf": self.wf,
            "body": hmac.digest(salt, said, "sha256").hex(),
        }  # fmt: skip
        content = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
        digest = hashlib.sha256(content).hexdigest()
        place = {"stream": code, "cseq": head[0] + 1}
        self.db.run(
            "INSERT INTO audit_entries (stream, cseq, act, at, actor, nomination, hash, cprev, content)"
            " VALUES (:stream, :cseq, :act, :at, 'floor', :stream, :hash, :cprev, :content)",
            place | {"act": act, "at": at, "hash": digest, "cprev": head[1], "content": content},
        )
        self.db.run(
            "INSERT INTO entry_payloads (stream, cseq, payload, salt) VALUES (:stream, :cseq, :payload, :salt)",
            place | {"payload": said, "salt": salt},
        )
        return head[0] + 1, digest, at

    def _outbox(self, code: str, now: str) -> None:
        self.db.run(
            "INSERT INTO outbox (topic, key, payload, created_at, available_at, attempts)"
            " VALUES ('nomination', :code, :payload, :now, :now, 0)",
            {"code": code, "payload": _json({"code": code}), "now": now},
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
