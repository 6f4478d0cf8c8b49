"""Opinions of other bodies: asked of several at once, answered by themselves or on paper, reminded of, withdrawn.

What the rules may know of each stands on the file's own row beside the row of the request; both are written here only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from nominations.queries.calendar import calendar
from nominations.queries.cases import ASKED
from nominations.queries.consultations import bodies_on
from nominations.services.apply import Change
from nominations.services.due_days import moved_by_opinions
from nominations.services.effects.ground import Ground, past_day, require_file
from nominations.services.errors import InvalidInput
from nominations.services.messages import REQUIRED, Message
from nominations.services.statements import Part
from workflows.flow import Consultation
from workflows.reviewed import section_of
from workflows.workdays import deadline

Raw = dict[str, Any]
Value = str | date | datetime | None
BODY = "asked_body"
MOST_BODIES = 20


class _Asked(NamedTuple):
    """One body to ask: a unit of the province, or the name of one outside."""

    unit: int | None
    name: str


def ask_opinion(g: Ground, change: Change) -> None:
    """One question to one or several bodies, with the sections and papers they may read; a row and a task for each."""
    terms = _terms(g)
    bodies = _bodies(g)
    sections = g.payload.get("sections") or list(dict.fromkeys(section_of(part) for part in terms.reviews))
    papers = _papers(g)
    reviews = _reviews(g, terms, sections, papers)
    due_on = deadline(calendar(g.session), g.moment.today, terms.working_days).due_on or g.moment.today
    known = _asked(g)
    first = len(known) + 1
    for number, body in enumerate(bodies, first):
        raw = _raw(g, terms, number, body, due_on) | {"reviews": reviews}
        known.append(raw)
        said = {"question": g.payload["question"], "sections": sections, "papers": papers}
        change.parts += [_request(g, terms, raw, body, said), _task(g, raw)]
        if body.unit is not None:
            change.tells.append((body.unit, BODY, "asked"))
    change.payload["asked"] = [{"number": n, "body": body.name} for n, body in enumerate(bodies, first)]
    change.payload["due_on"] = due_on.isoformat()
    _keep(g, change, known)


def reply_opinion(g: Ground, change: Change) -> None:
    """The body asked answers for itself."""
    require_file(g, "reply_paper")
    _answered(g, change, g.moment.today)


def record_reply(g: Ground, change: Change) -> None:
    """A reply that came on paper, recorded with its number, its day and its scan."""
    require_file(g, "reply_paper")
    asked_on = date.fromisoformat(_named(g)["asked_on"])
    _answered(g, change, past_day(g, "replied_on", asked_on))


def remind_opinion(g: Ground, change: Change) -> None:
    """The body is told again that a reply is awaited."""
    raw = _named(g)
    change.parts.append(_update(g, raw, reminded_at=g.moment.now))
    if raw["unit"] is not None:
        change.tells.append((raw["unit"], BODY, "reminded"))


def withdraw_request(g: Ground, change: Change) -> None:
    """The question is taken back; the body need not answer any more."""
    close(g, change, [_named(g)["number"]], "withdrawn", reasons=g.payload["reasons"])


def close(g: Ground, change: Change, numbers: Sequence[int], outcome: str, **more: Value) -> None:
    """Requests that need no reply any more, and the tasks that waited for it; who was asked is told."""
    if not numbers:
        return
    asked = _kept(g, change)
    for raw in asked:
        if raw["number"] not in numbers:
            continue
        if raw["state"] == "open":
            change.parts += [
                _update(g, raw, closed_at=g.moment.now, outcome=outcome, **more),
                _closed_task(g, raw, outcome),
            ]
            raw["closed_on"] = g.moment.today.isoformat()
            if raw["unit"] is not None and outcome != "answered":
                change.tells.append((raw["unit"], BODY, "request_over"))
        raw["state"] = outcome
    _keep(g, change, asked)


def open_numbers(g: Ground) -> list[int]:
    """The requests that still wait for a reply."""
    return [raw["number"] for raw in _asked(g) if raw["state"] == "open"]


def _answered(g: Ground, change: Change, replied_on: date) -> None:
    raw = _named(g)
    values = {
        "nomination_id": g.row.id,
        "kind": "consultation",
        "stage": raw["stage"],
        "unit_id": raw["unit"] or g.case.path[raw["stage"]],
        "person_id": g.moment.person_id,
        "advice": g.payload["advice"],
        "reasons": g.payload["reasons"],
        "by_criterion": {},
        "revision_id": raw["revision"],
        "reviewed_sections": raw["reviews"],
        "request_no": raw["number"],
        "created_at": g.moment.now,
    }
    change.parts.append(Part("opinions", values))
    reply = {"reply_number": g.payload.get("reply_number"), "reply_paper": g.payload.get("reply_paper")}
    close(g, change, [raw["number"]], "answered", replied_on=replied_on, **reply)
    change.tells.append((g.case.path[raw["stage"]], raw["asker"], "replied"))


def _terms(g: Ground) -> Consultation:
    """The terms on which a kind of opinion is asked at this stage of this nominee."""
    at = [
        one
        for one in g.workflow.consultations
        if one.asked_of(g.stage, g.case.subject, g.case.group, g.case.circumstances)
    ]
    found = next((one for one in at if one.kind == g.payload["kind"]), None)
    if found is None:
        raise InvalidInput({"kind": Message("not_choice", {"choices": ", ".join({one.kind: "" for one in at})})})
    return found


def _bodies(g: Ground) -> list[_Asked]:
    """The bodies named, each once, none that has this very question already and none that asks itself."""
    known = {body.code: body for body in bodies_on(g.session, g.moment.today)}
    codes = list(dict.fromkeys(g.payload.get("bodies", ())))
    outside = g.payload.get("outside")
    if not codes and outside is None:
        raise InvalidInput({"bodies": REQUIRED})
    wrong = [code for code in codes if code not in known or known[code].id == g.unit]
    if wrong or len(codes) > MOST_BODIES:
        raise InvalidInput({"bodies": Message("unknown_unit")})
    out = {(raw["kind"], raw["unit"], raw["body"]) for raw in _asked(g) if raw["state"] == "open"}
    asked = [_Asked(known[code].id, known[code].name) for code in codes]
    asked += [_Asked(None, outside)] if outside is not None else []
    if any((g.payload["kind"], one.unit, one.name) in out for one in asked):
        raise InvalidInput({"bodies": Message("asked_already")})
    return asked


def _papers(g: Ground) -> list[str]:
    """The papers sent along, all of them this file's own."""
    there = {sha for _kind, _name, sha in g.row.papers}
    sent = list(dict.fromkeys(g.payload.get("papers", ())))
    if any(sha not in there for sha in sent):
        raise InvalidInput({"papers": Message("unknown_file")})
    return sent


def _reviews(g: Ground, terms: Consultation, sections: Sequence[str], papers: Sequence[str]) -> list[str]:
    """What a reply will be about: of what this kind reviews, what was sent; and the papers, by their kind."""
    about = [part for part in terms.reviews if section_of(part) in sections] or list(sections)
    kinds = dict.fromkeys(f"papers.{kind}" for kind, _name, sha in g.row.papers if sha in papers)
    return [*about, *kinds]


def _raw(g: Ground, terms: Consultation, number: int, body: _Asked, due_on: date) -> Raw:
    """What the rules may know of a request, as the file's row keeps it."""
    return {
        "number": number,
        "kind": terms.kind,
        "stage": g.stage,
        "step": g.row.state,
        "unit": body.unit,
        "body": body.name,
        "asker": g.accepted.post.duty if g.accepted.post is not None else "appraiser",
        "due_on": due_on.isoformat(),
        "goes_on": terms.goes_on,
        "clock": terms.clock,
        "lengthens_by": terms.lengthens_by,
        "revision": g.row.revision_id,
        "asked_on": g.moment.today.isoformat(),
        "closed_on": None,
        "state": "open",
    }


def _request(g: Ground, terms: Consultation, raw: Raw, body: _Asked, said: Mapping[str, Any]) -> Part:
    values = {
        "nomination_id": g.row.id,
        "number": raw["number"],
        "kind": terms.kind,
        "stage": g.stage,
        "unit_id": body.unit,
        "body": None if body.unit is not None else body.name,
        "asking_unit_id": g.unit,
        "asking_duty": raw["asker"],
        "asked_by": g.moment.person_id,
        "asked_at": g.moment.now,
        "due_on": date.fromisoformat(raw["due_on"]),
        "goes_on": terms.goes_on,
        "clock": terms.clock,
        "lengthens_by": terms.lengthens_by,
        "revision_id": g.row.revision_id,
    }
    return Part("opinion_requests", values | dict(said))


def _task(g: Ground, raw: Raw) -> Part:
    """The task of the body asked; what is asked of one outside is followed up by who asked."""
    values = {
        "nomination_id": g.row.id,
        "kind": "opinion",
        "step": g.row.state,
        "unit_id": raw["unit"] or g.unit,
        "duty": BODY if raw["unit"] is not None else raw["asker"],
        "substitute": False,
        "nobody_free": False,
        "opened_at": g.moment.now,
        "due_on": date.fromisoformat(raw["due_on"]),
        "request_no": raw["number"],
    }
    return Part("tasks", values)


def _closed_task(g: Ground, raw: Raw, outcome: str) -> Part:
    values = {"nomination_id": g.row.id, "request_no": raw["number"], "closed_at": g.moment.now}
    values |= {"closed_by": g.moment.person_id, "outcome": outcome}
    return Part("tasks", values, keys=("nomination_id", "request_no"))


def _update(g: Ground, raw: Raw, **values: Value) -> Part:
    key = {"nomination_id": g.row.id, "number": raw["number"]}
    return Part("opinion_requests", key | values, keys=("nomination_id", "number"))


def _named(g: Ground) -> Raw:
    """The request the act names; a guard has seen that it is open."""
    return next(raw for raw in _asked(g) if raw["number"] == g.payload["request"])


def _asked(g: Ground) -> list[Raw]:
    return [dict(raw) for raw in (g.row.gates or {}).get(ASKED, ())]


def _kept(g: Ground, change: Change) -> list[Raw]:
    """The requests as this act has left them so far."""
    gates = change.nomination.get("gates", g.row.gates) or {}
    return [dict(raw) for raw in gates.get(ASKED, ())]


def _keep(g: Ground, change: Change, asked: list[Raw]) -> None:
    """Keep what the rules may know, and move the open step's due day by it."""
    gates = dict(change.nomination.get("gates", g.row.gates) or {}) | {ASKED: asked}
    change.nomination["gates"] = gates
    moved = None if g.accepted.moves else moved_by_opinions(g.session, g.row, gates)
    if moved is not None:
        change.parts.append(Part("tasks", {"id": g.row.tasks[0][0]} | moved, keys=("id",)))
        change.payload["step_due_on"] = moved["due_on"].isoformat() if moved["due_on"] else None
