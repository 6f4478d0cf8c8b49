"""Fills a database with files as years of use would leave them: most ended, some open at every level, chains whole."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
from sqlalchemy import text
from sqlalchemy.engine import make_url

from nominations.database import create_database_engine
from nominations.names import folded as fold
from workflows.ledger import Act, Head, append_bytes, commitment, timestamp

BATCH = 2_000
START = datetime(2022, 1, 3, 1, tzinfo=UTC)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Đinh", "Võ", "Đặng", "Bùi", "Hồ", "Huỳnh")
MIDDLE = ("Văn", "Thị", "Minh", "Ngọc", "Thanh", "Quốc", "Kim", "Xuân", "Hữu", "Bích")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Nam", "Phúc", "Quân", "Sơn", "Tâm", "Uyên")
OPEN = (
    ("commune.intake", "21613", "appraiser"),
    ("commune.appraisal", "21613", "appraiser"),
    ("district.appraisal", "542", "appraiser"),
    ("board.appraisal", "SNV", "appraiser"),
    ("chairman.signature", "52", "head"),
)
OPEN_SHARE = 10  # one file in ten is still open
TABLES = {
    "nominees": "id ref kind name name_folded home_unit_id created_at",
    "nominations": "id code round_id form nominee_id nominee_name nominee_folded subject_kind subject_group"
    " proposing_unit_id entry_stage state stage step version rule_set workflow_id letter_unit_id created_by created_at"
    " updated_at revision_no working path reconfirm return_counts chain_seq chain_head chain_at snap_salt snap",
    "nomination_reach": "nomination_id unit_id reached_at",
    "tasks": "nomination_id kind step unit_id duty substitute nobody_free opened_at due_on closed_at closed_by outcome",
    "audit_entries": "stream cseq act at actor nomination hash cprev content",
    "entry_payloads": "stream cseq payload salt",
}
Rows = dict[str, list[tuple[Any, ...]]]


class Loader:
    """Adds files up to a number."""

    def __init__(self, url: str) -> None:
        self.url = url
        engine = create_database_engine(url)
        with engine.connect() as connection:
            self.units = dict(connection.execute(text("SELECT code, id FROM units")).tuples().all())
            people = connection.execute(text("SELECT username, id, ref FROM people")).all()
            self.round = connection.execute(text("SELECT id FROM rounds WHERE code = 'tong-ket'")).scalar_one()
            self.flow, self.wf = connection.execute(
                text(
                    "SELECT id, sha256 FROM workflow_versions WHERE form = 'BK-TINH' AND rule_set = 'R2' AND tiers = 3"
                )
            ).one()
            self.next = (connection.execute(text("SELECT max(id) FROM nominations")).scalar() or 0) + 1
            self.nominee = (connection.execute(text("SELECT max(id) FROM nominees")).scalar() or 0) + 1
        engine.dispose()
        self.people = {name: (row_id, ref) for name, row_id, ref in people}
        self.path = {
            "commune": self.units["21613"],
            "district": self.units["542"],
            "board": self.units["SNV"],
            "chairman": self.units["52"],
        }

    def up_to(self, files: int) -> None:
        """Bring the number of files up to ``files``."""
        while self.next <= files:
            count = min(BATCH, files - self.next + 1)
            batch: Rows = {name: [] for name in TABLES}
            for number in range(self.next, self.next + count):
                self._file(batch, number)
            self._write(batch)
            self.next += count

    def _file(self, batch: Rows, number: int) -> None:
        began = START + timedelta(minutes=number % 500_000)
        state, place, duty = self._place(number)
        name = f"Hộ ông {_pick(FAMILY, number)} {_pick(MIDDLE, number // 10)} {_pick(GIVEN, number // 100)} {number}"
        folded = fold(name)
        nominee, code = self.nominee, f"LD-{number:08d}"
        self.nominee += 1
        person, ref = self.people["nominator.xa"]
        head = self._chain(batch, code, ref, began, state)
        stage, _, step = state.partition(".")
        salt = b"0" * 32
        batch["nominees"].append(
            (nominee, secrets.token_hex(16), "household", name, folded, self.units["21613"], began)
        )
        batch["nominations"].append(
            (number, code, self.round, "BK-TINH", nominee, name, folded, "household", "1.5", self.units["21613"],
             "commune", state, stage if step else None, step or None, head.cseq, "R2", self.flow, self.units["21613"],
             person, began, began + timedelta(days=40), 0, "{}", json.dumps(self.path), "[]", "{}", head.cseq, head.hash,
             head.at, salt, "0" * 64)
        )  # fmt: skip
        batch["nomination_reach"] += [(number, unit, began) for unit in self._reached(state)]
        due = (began + timedelta(days=14)).date()
        closed = (number, "step", "commune.intake", self.units["21613"], "appraiser", False, False, began, due,
                  began + timedelta(days=1), self.people["appraiser.xa"][0], "accept")  # fmt: skip
        batch["tasks"].append(closed)
        if step:
            opened = (number, "step", state, self.units[place], duty, False, False, began, due, None, None, None)
            batch["tasks"].append(opened)

    def _place(self, number: int) -> tuple[str, str, str]:
        if number % OPEN_SHARE:
            return ("awarded" if number % 3 else "not_awarded"), "52", "clerk"
        return OPEN[(number // OPEN_SHARE) % len(OPEN)]

    def _reached(self, state: str) -> list[int]:
        order = list(self.path)
        stage = state.partition(".")[0]
        return (
            [self.path[name] for name in order[: order.index(stage) + 1]]
            if stage in order
            else list(self.path.values())
        )

    def _chain(self, batch: Rows, code: str, ref: str, began: datetime, state: str) -> Head:
        """Three entries: what a short file leaves."""
        head, before = Head(), "draft"
        for step, (act, after) in enumerate((("create", "draft"), ("submit", "commune.intake"), ("accept", state))):
            salt, payload = bytes(32), b"{}"
            said = Act(
                log="tests/nhat-ky", act=act, actor=ref, nomination=code, from_state=before if step else None, to_state=after,
                ver=step + 1, wf=self.wf, snap="0" * 64, body=commitment(salt, payload),
            )  # fmt: skip
            sealed = append_bytes(head, timestamp(began + timedelta(hours=step)), said)
            batch["audit_entries"].append(
                (code, sealed.head.cseq, act, sealed.head.at, ref, code, sealed.hash, head.hash, sealed.content)
            )
            batch["entry_payloads"].append((code, sealed.head.cseq, payload, salt))
            head, before = sealed.head, after
        return head

    def _write(self, batch: Rows) -> None:
        if self.url.startswith("postgresql"):
            self._copy(batch)
        else:
            self._insert(batch)

    def _copy(self, batch: Rows) -> None:
        parts = make_url(self.url)
        with psycopg.connect(host=str(parts.query["host"]), dbname=parts.database, user=parts.username) as connection:
            for name, rows in batch.items():
                columns = ", ".join(TABLES[name].split())
                with connection.cursor().copy(f"COPY {name} ({columns}) FROM STDIN".encode()) as copy:
                    for row in rows:
                        copy.write_row(row)
            for name in ("nominees", "nominations"):
                connection.execute(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))".encode()
                )

    def _insert(self, batch: Rows) -> None:
        with sqlite3.connect(str(make_url(self.url).database), timeout=60) as connection:
            for name, rows in batch.items():
                columns = TABLES[name].split()
                marks = ", ".join("?" * len(columns))
                statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})"
                connection.executemany(statement, (_plain(row) for row in rows))


def _pick(words: Sequence[str], number: int) -> str:
    return words[number % len(words)]


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Instants and days as SQLite keeps them: text."""
    return tuple(_text(value) for value in row)


def _text(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
