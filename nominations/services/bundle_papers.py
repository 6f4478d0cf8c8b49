"""The papers over many files: the letter or decision with its list, the bonus list, the certificates of all lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.documents.docx import docx_of
from nominations.documents.facts import Facts, Line, Registered, Signed, Vote
from nominations.documents.kinds import BUILDERS
from nominations.documents.kinds.review import share
from nominations.documents.paper import Document, content, digest, from_content, missing
from nominations.documents.pdf import pdf_of
from nominations.models.bundles import Bundle, BundleLine
from nominations.models.nominations import Nomination
from nominations.models.people import Person
from nominations.queries.actors import Viewer
from nominations.queries.bundle_facts import LineFacts, line_facts
from nominations.queries.bundles import BundleRow
from nominations.queries.flows import flow, flow_today
from nominations.queries.paper_facts import bonus_tables, paper_facts
from nominations.queries.visibility import is_bare
from nominations.services.bundle_slips import STAGE, with_slip
from nominations.services.errors import InvalidInput
from nominations.services.issuing import Issued
from nominations.services.messages import Message
from nominations.services.paper_facts import Reading, address_of, facts_of, money_of
from nominations.services.papers import SLIP
from workflows import Workflow

HIDDEN = "(không hiển thị)"
HAVE_SLIP = frozenset({"head", "deputy", "office", "clerk"})
KINDS = ("paper", SLIP, "bonus_list", "certificates")


def issue_together(
    session: Session, row: Bundle, raw: Mapping[str, Any], ids: Sequence[int], number: tuple[str, date], today: date
) -> Issued | None:
    """What the number issues over these files, to be kept once for all of them.

    One that was signed outside is the paper itself where ours lacks something. Raises InvalidInput for a paper made
    here that lacks something.
    """
    given, on = number
    facts = _facts(session, row, raw, line_facts(session, ids), today)
    signed = [replace(one, number=given, numbered_on=on) for one in facts.decisions[-1:]]
    kind = _kind(row)
    paper = replace(BUILDERS[kind](replace(facts, decisions=(*facts.decisions[:-1], *signed))), draft=False)
    lacking = missing(paper)
    if lacking and row.signed_file is None:
        raise InvalidInput({"number": Message("paper_incomplete", {"missing": ", ".join(lacking)})})
    if lacking:
        return None
    said = content(paper)
    return Issued(kind, said, digest(said))


def documents_of(
    session: Session, viewer: Viewer, bundle_id: int, kind: str, today: date, public_url: str
) -> Sequence[Document]:
    """The documents of one kind as this reader may have them; none where there are none.

    The issued paper is shown as it was kept, except to somebody in conflict with one of its lines, who reads the same
    list without that line's words.
    """
    row = session.get_one(Bundle, bundle_id)
    found = session.execute(
        select(Nomination.id, is_bare(viewer))
        .join(BundleLine, BundleLine.nomination_id == Nomination.id)
        .where(BundleLine.bundle_id == row.id)
        .order_by(BundleLine.position)
    ).all()
    hidden = {nomination for nomination, bare in found if bare}
    if kind == "paper" and row.content is not None and not hidden:
        return [from_content(row.content)]
    if not found or not _is_there(viewer, row, kind) or (hidden and kind != "paper"):
        return []
    lines = line_facts(session, [nomination for nomination, _bare in found])
    facts = _facts(session, row, paper_facts(session, lines[0].id), lines, today, hidden)
    if kind == "paper":
        return [BUILDERS[_kind(row)](facts)]
    if kind == SLIP:
        names = {one.id: one.name for one in lines}
        return [BUILDERS[SLIP](with_slip(session, facts, names, _workflow(session, lines[0].id, today), today))]
    if kind == "bonus_list":
        made = BUILDERS["bonus_list"](facts)
        return [replace(made, draft=bool(missing(made)))]
    return [_certificate(facts, line, one, public_url) for line, one in zip(facts.lines, lines, strict=True)]


def has_slip(viewer: Viewer, row: Bundle | BundleRow) -> bool:
    """Whether the list is one the office puts before the Chairman, and this reader prepares or signs it there."""
    theirs = any(post.unit_id == row.unit_id and post.duty in HAVE_SLIP for post in viewer.works)
    return theirs and row.stage == STAGE and row.outcome != "resubmit"


def _is_there(viewer: Viewer, row: Bundle, kind: str) -> bool:
    """Whether the list has that kind of paper for this reader."""
    if kind in {"paper", SLIP}:
        return kind == "paper" or has_slip(viewer, row)
    return row.outcome == "award" and row.number is not None


def shown_together(documents: Sequence[Document], output: str, title: str) -> bytes:
    """The bytes of documents as one ``pdf``, or of the only one as ``docx``."""
    return pdf_of(documents, title) if output == "pdf" else docx_of(documents[0])


def _certificate(facts: Facts, line: Line, one: LineFacts, public_url: str) -> Document:
    award = None
    if one.decided_on is not None:
        url = f"{public_url.rstrip('/')}/kiem-tra/{one.check_code}" if public_url else ""
        award = Registered(one.decided_on, one.register_no, one.register_year, url)
    made = BUILDERS["certificate"](replace(facts, lines=(line,), award=award))
    return replace(made, draft=bool(missing(made)))


def _kind(row: Bundle) -> str:
    return "decision" if row.outcome == "award" else "letter"


def _facts(
    session: Session,
    row: Bundle,
    raw: Mapping[str, Any],
    lines: Sequence[LineFacts],
    today: date,
    hidden: frozenset[int] | set[int] = frozenset(),
) -> Facts:
    """The facts of the first file, with all lines: they are of one form, round and way."""
    workflow = _workflow(session, lines[0].id, today)
    tables = bonus_tables(session)
    facts = facts_of(raw, workflow, tables, Reading(raw["content"] or {}, None, row.stage, today, ""))
    listed = tuple(
        Line(name=HIDDEN, subject_kind=one.kind)
        if one.id in hidden
        else Line(
            name=one.name,
            subject_kind=one.kind,
            address=address_of(one.name, one.content),
            achievement=str(one.content.get("report", {}).get("achievements", "")),
            vote=_share(one),
            form=facts.form_label,
            money=money_of(tables, facts.form, one.kind, one.decided_on),
        )
        for one in lines
    )
    return _as_supplement(session, replace(facts, lines=listed), row)


def _workflow(session: Session, nomination_id: int, today: date) -> Workflow:
    """The flow of a list's first file today."""
    found = select(Nomination.workflow_id, Nomination.state).where(Nomination.id == nomination_id)
    first = session.execute(found).one()
    return flow(session, flow_today(session, first.workflow_id, first.state, today))


def _as_supplement(session: Session, facts: Facts, row: Bundle) -> Facts:
    """A supplementary letter has a signature of its own, and names the letter it goes on from."""
    if row.outcome != "resubmit":
        return facts
    first = session.get(Bundle, row.supplements_id) if row.supplements_id is not None else None
    earlier = facts.last("letter", row.stage)
    if first is not None:
        earlier = Signed(
            "letter", row.stage, "", "head", first.kind_series, first.number or "", first.numbered_on, None
        )
    if row.signed_at is None:
        others = tuple(one for one in facts.decisions if one.kind != "letter" or one.stage != row.stage)
        return replace(facts, decisions=others, supplements=earlier)
    signer = session.scalar(select(Person.full_name).where(Person.id == row.signer_id)) or ""
    own = Signed(
        "letter", row.stage, signer, row.signs_as or "head", row.kind_series, row.number or "", row.numbered_on,
        row.signed_on,
    )  # fmt: skip
    return replace(facts, decisions=(*facts.decisions, own), supplements=earlier)


def _share(one: LineFacts) -> str:
    if not one.members:
        return ""
    return share(
        Vote("", "", None, secret=False, members=one.members, agree=one.agree, disagree=0, abstain=0, passed=False)
    )
