"""Certificates on paper: all of a decision in one PDF, the offset of a printer, what became of a pre-printed sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.documents.kinds import BUILDERS
from nominations.documents.paper import Certificate, words
from nominations.documents.pdf import pdf_of
from nominations.models.printing import FARTHEST, CertificateSheet, Printer
from nominations.queries.actors import Viewer
from nominations.queries.flows import flow
from nominations.queries.paper_facts import bonus_tables, paper_facts
from nominations.queries.printing import PRINTS, PrinterLine, ToPrint, awards_to_print
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import Message
from nominations.services.paper_facts import Reading, facts_of
from nominations.services.payloads import LONG, line
from nominations.services.payloads import words as text
from nominations.transactions import transactional
from workflows import Actor

STREAM = "certificates"
SERIAL = 40  # characters of a serial number, and of a printer's name


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as typed: for which file's award, its serial number, whether it was spoiled, and a note."""

    code: str
    serial: str
    spoiled: bool
    note: str


def certificates(
    session: Session, lines: Sequence[ToPrint], today: date, public_url: str, printer: PrinterLine | None
) -> bytes:
    """All certificates of a decision in one PDF; on pre-printed sheets, moved as the printer needs it, or whole."""
    made = [_certificate(session, one, today, public_url) for one in lines]
    if printer is not None:
        made = [replace(one, preprinted=True, shift_mm=printer.shift_mm) for one in made]
    return pdf_of(made, "certificates")


def trial(printer: PrinterLine) -> bytes:
    """A test sheet: the places that are printed on, in words that are nobody's, moved by the printer's offset."""
    sample = Certificate(
        kind="certificate",
        issuer=words("CƠ QUAN TẶNG"),
        form="Bằng khen",
        recipient=words("HỌ VÀ TÊN (TRANG THỬ)"),
        address=words("Địa chỉ, đơn vị"),
        reason=words("Đã có thành tích xuất sắc trong thực hiện phong trào thi đua"),
        place_date=words("Địa danh, ngày 00 tháng 00 năm 0000"),
        office=("Chức vụ người ký",),
        signer=words("Họ tên người ký"),
        decision=words("Quyết định số 00/QĐ-0000"),
        register=words("Vào sổ khen thưởng số 000/0000"),
        check_url="",
        draft=False,
        preprinted=True,
        shift_mm=printer.shift_mm,
    )
    return pdf_of([sample], "trial")


@transactional
def save_printer(
    session: Session,
    actor: Actor,
    clock: Clock,
    origin: Origin,
    unit_id: int,
    name: object,
    right: object,
    down: object,
) -> Receipt:
    """Keep the offset of a unit's printer, in millimetres with at most one decimal. Raises InvalidInput, NotFound."""
    if actor.post_at(unit_id, PRINTS) is None:
        raise NotFound(str(unit_id))
    named, to_right, to_down = line(name, SERIAL), _tenths(right), _tenths(down)
    typed = {"name": named, "right": to_right, "down": to_down}
    errors = {field: value for field, value in typed.items() if isinstance(value, Message)}
    if isinstance(named, Message) or isinstance(to_right, Message) or isinstance(to_down, Message):
        raise InvalidInput(errors)
    there = select(Printer).where(Printer.unit_id == unit_id, Printer.name == named).with_for_update()
    row = session.scalar(there) or Printer(unit_id=unit_id, name=named)
    row.right_tenths, row.down_tenths = to_right, to_down
    row.updated_by, row.updated_at = actor.person, clock.now()
    session.add(row)
    session.flush()
    said = {"unit": unit_id, "name": named, "right_tenths": to_right, "down_tenths": to_down}
    return record(session, clock.now(), STREAM, "save_printer", origin, said)


@transactional
def record_sheet(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, decision_id: int, typed: Sheet
) -> Receipt:
    """Record that a sheet was printed on, or spoiled; a sheet once spoiled stays so. Raises InvalidInput, NotFound."""
    found = awards_to_print(session, viewer, decision_id)
    award = next((one for one in (found or ((), 0))[0] if one.code == typed.code), None)
    if award is None:
        raise NotFound(typed.code)
    serial, note = line(typed.serial, SERIAL), text(typed.note, LONG) if typed.note.strip() else None
    errors = {field: value for field, value in {"serial": serial, "note": note}.items() if isinstance(value, Message)}
    if errors:
        raise InvalidInput(errors)
    _put(session, viewer, clock, award, str(serial), typed.spoiled, None if note is None else str(note))
    status = "spoiled" if typed.spoiled else "printed"
    said = {"code": award.code, "serial": serial, "status": status, "copy": award.replaced + 1, "note": note}
    return record(session, clock.now(), STREAM, "record_sheet", origin, said)


def _put(
    session: Session,
    viewer: Viewer,
    clock: Clock,
    award: ToPrint,
    serial: str,
    spoiled: bool,
    note: str | None,
) -> None:
    there = select(CertificateSheet).where(CertificateSheet.unit_id == award.unit_id, CertificateSheet.serial == serial)
    row = session.scalar(there.with_for_update())
    if row is not None and (row.award_id != award.award_id or row.status == "spoiled" or not spoiled):
        raise InvalidInput({"serial": Message("sheet_used")})
    good = any(one.status == "printed" and one.copy_no == award.replaced + 1 for one in award.sheets)
    if row is None and not spoiled and good:
        raise InvalidInput({"serial": Message("sheet_there")})
    row = row or CertificateSheet(
        unit_id=award.unit_id, award_id=award.award_id, serial=serial, copy_no=award.replaced + 1
    )
    row.status, row.note = "spoiled" if spoiled else "printed", note
    row.recorded_by, row.recorded_at = viewer.person_id, clock.now()
    session.add(row)
    try:
        session.flush()
    except IntegrityError as taken:
        raise InvalidInput({"serial": Message("sheet_used")}) from taken


def _certificate(session: Session, one: ToPrint, today: date, public_url: str) -> Certificate:
    workflow, raw = flow(session, one.workflow_id), paper_facts(session, one.nomination_id)
    reading = Reading(raw["content"] or {}, frozenset(), workflow.deciding_stage.name, today, public_url)
    made = BUILDERS["certificate"](facts_of(raw, workflow, bonus_tables(session), reading))
    if not isinstance(made, Certificate):
        raise TypeError("a certificate is one")
    return replace(made, draft=False)


def _tenths(value: object) -> int | Message:
    """Millimetres as people type them, in tenths."""
    typed = str(value).strip().replace(",", ".").removeprefix("+")
    whole, _, rest = typed.removeprefix("-").partition(".")
    plain = (
        typed.isascii() and whole.isdigit() and len(whole) < 3 and (rest == "" or (rest.isdigit() and len(rest) == 1))
    )
    if not plain:
        return Message("not_millimetres")
    tenths = int(whole) * 10 + int(rest or 0)
    if tenths > FARTHEST:
        return Message("out_of_range", {"low": -FARTHEST // 10, "high": FARTHEST // 10})
    return -tenths if typed.startswith("-") else tenths
