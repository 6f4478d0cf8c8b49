"""What people could press: who may do what to a file just now, and a plausible payload for each action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, settings

from nominations.queries.case_facts import CaseRow, case_row
from nominations.queries.prepared import Prepared, prepare
from tests.world import SHA, SHORT, World
from workflows import Accepted, Act, Actor, decide
from workflows.actions import ACTIONS, belongs

SOAKING = settings.get_current_profile_name() == "soak"
REASON = {"reason_code": "other", "reasons": "Đã cân nhắc kỹ, có biên bản."}
SECTIONS = ("nominee", "criteria", "report", "papers", "proposal")
DOES_NOT_END = tuple(
    name for name in ACTIONS if name not in {"withdraw", "not_send_up", "not_award", "annul", "other_form"}
)


class Press(NamedTuple):
    """One button: who, and which action."""

    who: str
    action: str


def turns(usual: int, soak: int = 200) -> int:
    """How often something is tried: a few times in every run, often in the soak."""
    return soak if SOAKING else usual


def at_random(usual: int, soak: int = 200) -> settings:
    """How something random is played on a database that remembers: often in the soak, and never made smaller."""
    phases = [Phase.explicit, Phase.generate]
    return settings(max_examples=turns(usual, soak), phases=phases, suppress_health_check=list(HealthCheck))


class Cast:
    """Everybody of the province as the rules see them; posts do not change while a test plays."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.actors: dict[str, Actor] = {name: world.actor(name) for name in sorted(world.people)}

    def ready(self, code: str) -> Prepared:
        """The file as the rules would be given it."""
        session, today = self.world.session, self.world.clock.today()
        row = case_row(session, code, today, lock=False)
        assert row is not None
        made = prepare(session, row, "submit", {}, today)
        session.rollback()
        return made

    def presses(self, code: str, actions: Sequence[str] = DOES_NOT_END) -> list[Press]:
        """Everything that somebody may do to the file now, by the rules."""
        ready = self.ready(code)
        here = [name for name in actions if belongs(ready.workflow, ready.case, name)]
        return [press for name in here for who in self.actors if self.may(ready, press := Press(who, name))]

    def may(self, ready: Prepared, press: Press) -> bool:
        """Whether the rules let somebody press that."""
        asked, today = Act(press.action, ask=True), self.world.clock.today()
        return isinstance(decide(ready.workflow, ready.case, self.actors[press.who], asked, today), Accepted)


def payload(world: World, row: CaseRow, action: str, spice: int) -> dict[str, Any]:
    """Something to send with ``action``; ``spice`` varies it, and now and then spoils it."""
    maker = _PAYLOADS.get(action)
    return maker(world, row, spice) if maker is not None else {}


def _content(world: World, row: CaseRow, spice: int) -> dict[str, Any]:
    whole = world.content(row.subject_group)
    if row.sections_open is not None and spice % 16:
        whole = {name: said for name, said in whole.items() if name in row.sections_open}
    names = [name for place, name in enumerate(whole) if spice & (1 << place)] or list(whole)[:1]
    return {
        "content": {name: whole[name] | ({"reason": f"Lần {spice}"} if name == "proposal" else {}) for name in names}
    }


def _opinion(_world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    return {"advice": "against" if spice % 7 == 0 else "for", "reasons": f"Ý kiến {spice}."}


def _arrival(world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    today = world.clock.today()
    if spice % 5 == 0:
        return {"arrived_on": (today - timedelta(days=spice % 4)).isoformat(), "arrival_paper": SHA}
    return {"arrival_number": str(spice)}


def _counts(_world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    agree = spice % 6
    counted = {"issued": 5, "returned": 5, "valid": 5, "agree": agree, "disagree": 5 - agree, "abstain": 0}
    return counted | {"minutes_sha": SHA}


def _signature(world: World, row: CaseRow, spice: int) -> dict[str, Any]:
    stage = row.state.partition(".")[0]
    unit = row.path.get(stage)
    place = next((SHORT[code] for code, found in world.units.items() if found == unit), "xa")
    decides = {"GK-XA": "commune", "GK-HUYEN": "district", "BK-TINH": "chairman"}.get(row.form, "unit")
    ways = ("award", "not_award") if stage == decides else ("send_up", "not_send_up")
    signed = world.clock.today() - timedelta(days=spice % 2)
    return {
        "outcome": ways[spice % 6 == 0],
        "signer": f"{('head', 'deputy')[spice % 2]}.{place}",
        "signed_on": signed.isoformat(),
        "signed_file": SHA,
    } | REASON


def _number(world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    world.numbers += spice % 8 != 0  # now and then a number that may be taken
    return {"number": f"n{world.numbers}", "numbered_on": world.clock.today().isoformat()}


def _central(world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    outcome = "not_awarded" if spice % 3 == 0 else "awarded"
    return {"outcome": outcome, "number": f"{spice % 4}/QĐ-TTg", "decided_on": world.clock.today().isoformat()}


def _return(_world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    sections = [name for place, name in enumerate(SECTIONS) if spice & (1 << place)] or ["criteria"]
    fault = {"code": "other", "note": f"Sai sót {spice}", "section": sections[0]}
    return {"mode": "direct" if spice % 3 == 0 else "chain", "sections": sections, "faults": [fault]}


def _words(_world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    return {"reasons": f"Vì lý do {spice}."}


def _about_request(row: CaseRow) -> dict[str, Any]:
    """The first opinion that is still awaited."""
    asked = (row.gates or {}).get("asked", ())
    return {"request": next((one["number"] for one in asked if one["state"] == "open"), 1)}


def _hold(_world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    return {"ground": "complaint", "reasons": f"Có đơn {spice}.", "document_sha": SHA}


def _reasoned(_world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    return dict(REASON) if spice % 4 else {}


def _another_form(_world: World, row: CaseRow, spice: int) -> dict[str, Any]:
    forms = [form for form in ("GK-XA", "GK-HUYEN", "BK-TINH", "BK-TTG", "GK-SO") if form != row.form]
    return {"form": forms[spice % len(forms)], "reasons": f"Hợp với mức thành tích {spice}."}


def _annulment(_world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    return {"ground": "false_declaration", "reasons": f"Khai sai {spice}.", "document_sha": SHA}


def _on_paper(world: World, row: CaseRow) -> dict[str, Any]:
    """Who signed, for when a recorder and not the head does it."""
    decides = {"GK-XA": "xa", "GK-HUYEN": "huyen", "BK-TINH": "tinh", "GK-SO": "sgt"}.get(row.form, "snv")
    return {"signer": f"head.{decides}", "signed_on": world.clock.today().isoformat(), "signed_file": SHA}


def _correction(_world: World, _row: CaseRow, spice: int) -> dict[str, Any]:
    names = ("right_name", "right_address", "right_birth_year", "right_number", "right_amount")
    right: dict[str, Any] = {name: f"Đúng {spice}" for place, name in enumerate(names) if spice & (1 << place)}
    numbers = {"right_birth_year": 1950 + spice % 50, "right_amount": 100_000 * (spice + 1)}
    return {"reasons": "Ghi sai."} | right | {name: value for name, value in numbers.items() if name in right}


_PAYLOADS: Mapping[str, Any] = {
    "save": _content,
    "accept": _arrival,
    "check": lambda world, row, spice: _arrival(world, row, spice) | _opinion(world, row, spice),
    "recommend": _opinion,
    "ask_opinion": lambda _world, _row, spice: {
        "kind": "opinion" if spice % 9 else "party",
        "outside": f"Bộ số {spice}",
        "question": "Ý kiến?",
    },
    "record_reply": lambda world, row, spice: (
        _opinion(world, row, spice)
        | _about_request(row)
        | {
            "reply_number": str(spice),
            "replied_on": world.clock.today().isoformat(),
            "reply_paper": SHA,
        }
    ),
    "remind_opinion": lambda _world, row, _spice: _about_request(row),
    "withdraw_request": lambda world, row, spice: _words(world, row, spice) | _about_request(row),
    "ballot": lambda _world, _row, spice: {"choice": ("agree", "agree", "disagree", "abstain")[spice % 4]},
    "record_counts": _counts,
    "reopen_ballot": _words,
    "send_up": _reasoned,
    "not_send_up": lambda _world, _row, _spice: dict(REASON),
    "award": _reasoned,
    "not_award": lambda _world, _row, _spice: dict(REASON),
    "record_signature": _signature,
    "number": _number,
    "record_central_result": _central,
    "return": _return,
    "approve_return": _words,
    "send_back": _words,
    "propose_hold": _hold,
    "decline_hold": _words,
    "resume": _words,
    "withdraw": _words,
    "other_form": _another_form,
    "propose_anew": _another_form,
    "end_without_competence": _words,
    "annul": lambda world, row, spice: _annulment(world, row, spice) | _on_paper(world, row),
    "propose_annulment": lambda world, row, spice: _annulment(world, row, spice) | {"signed_file": SHA},
    "record_central_annulment": lambda world, row, spice: (
        _annulment(world, row, spice) | {"number": f"{spice}", "decided_on": world.clock.today().isoformat()}
    ),
    "propose_correction": _correction,
    "approve_correction": lambda world, row, _spice: _on_paper(world, row),
    "decline_correction": _words,
    "reissue": lambda world, row, spice: (
        _on_paper(world, row) | {"cause": "lost", "reasons": f"Mất {spice}.", "document_sha": SHA}
    ),
    "number_act": _number,
}


WAYS = (
    "submit",
    "accept",
    "check",
    "recommend",
    "close_ballot",
    "ballot",
    "send_up",
    "award",
    "number",
    "record_central_result",
)
USUAL = {
    "intake": ("appraiser", "accept"),
    "check": ("appraiser", "check"),
    "appraisal": ("appraiser", "recommend"),
    "signature": ("head", "send_up"),
    "number": ("clerk", "number"),
}


def forward(world: World, cast: Cast, code: str, until: str) -> None:
    """Press what leads on until the file is at ``until``."""
    while (state := world.state(code)) != until:
        press = _usual(world, cast, code, state) or _any_way_on(cast, code)
        row = cast.ready(code).row
        sent = {"choice": "agree"} if press.action == "ballot" else payload(world, row, press.action, 1)
        world.do(press.who, code, press.action, **sent)


def _usual(world: World, cast: Cast, code: str, state: str) -> Press | None:
    """Who does it where nothing is out of the ordinary, without asking everybody."""
    stage, _, step = state.partition(".")
    ready = cast.ready(code)
    unit = ready.row.path.get(stage)
    place = next((SHORT[name] for name, row_id in world.units.items() if row_id == unit), None)
    if step not in USUAL or place is None:
        return None
    duty, action = USUAL[step]
    duty = "office" if state == "chairman.check" else duty
    deciding = step == "signature" and ready.workflow.stages[stage].deciding
    press = Press(f"{duty}.{place}", "award" if deciding else action)
    return press if cast.may(ready, press) else None


def _any_way_on(cast: Cast, code: str) -> Press:
    offered = cast.presses(code, WAYS)
    wanted = next((way for way in WAYS if any(press.action == way for press in offered)), None)
    assert wanted is not None, f"{code} is stuck"
    return next(press for press in offered if press.action == wanted)
