"""How a file goes: filed, then step after step to where its story ends, with what happens to it on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from nominations.models.nominations import Nomination
from nominations.services.seeding.history.played import Played
from nominations.services.seeding.history.player import Player, Script
from nominations.services.seeding.history.words import Story, texts
from workflows import DRAFT, ENDS, HELD, RETURNED
from workflows.flows import first_flows

Event = Mapping[str, Any]
FLOWS = {key.form: flow for key, flow in first_flows().items() if key.rule_set == "R2" and key.tiers == 3}
DECIDES = {form: next(stage.name for stage in flow.stages.values() if stage.deciding) for form, flow in FLOWS.items()}
SERIES = {"board": "TTr-SNV"}


def script(player: Player, story: Story) -> Script:
    """The acts of one story, from its first draft on."""
    f = Played(player, story)
    yield from _drafted(f)
    until, events = f.option("until"), list(f.option("events", ()))
    if until == DRAFT and not events:
        return
    f.do(story.by, "submit")
    yield f.wait()
    while f.state not in ENDS:
        event = next((event for event in events if event["at"] == f.state), None)
        if event is not None:
            events.remove(event)
            yield from EVENTS[event["do"]](f, event)
        elif f.state == until or f.state.endswith((RETURNED, HELD)) or f.state == DRAFT:
            return
        else:
            yield from STEPS[f.state.partition(".")[2]](f, f.state.partition(".")[0])
        yield f.wait()


def _drafted(f: Played) -> Script:
    """A draft: ``filled`` says how far it was brought (none, half, all)."""
    f.create()
    f.player.codes[f.story.id] = f.code
    filled = f.option("filled", "all")
    yield 0
    if filled == "half":
        f.save("nominee", "report")
    elif filled == "all":
        f.attach_all()
        yield 0
        f.save()
    yield 0


# --- the steps -----------------------------------------------------------------------------------------------


def _intake(f: Played, stage: str) -> Script:
    number = f.player.next_number(f.path()[stage], "den")
    f.anyone(f.holders(), "accept", arrival_number=number)
    yield from ()


def _opinion(f: Played, stage: str, action: str, words: str) -> None:
    against = stage in f.option("against", ())
    advice, reasons = ("against", texts()["words"]["against"]) if against else ("for", texts()["words"][words])
    f.anyone(f.holders(), action, advice=advice, reasons=reasons)


def _appraisal(f: Played, stage: str) -> Script:
    yield from _opinions(f)
    _opinion(f, stage, "recommend", "appraisal")


def _check(f: Played, stage: str) -> Script:
    yield from _opinions(f)
    _opinion(f, stage, "check", "check")


def _opinions(f: Played) -> Script:
    """What the step must ask is asked, of the bodies the flow proposes, and answered some days later."""
    for one in f.must_ask():
        bodies = [body.code for body in one.bodies]
        yield from _asked(f, one.terms.kind, bodies, bodies)


def _asked(f: Played, kind: str, bodies: list[str], replying: list[str]) -> Script:
    """Some bodies are asked, or one outside, and those that do reply, by themselves or on paper."""
    said = texts()["words"]
    whom = {"bodies": bodies} if bodies else {"outside": said["ministry"]}
    f.anyone(f.holders(), "ask_opinion", kind=kind, question=said["question"], **whom)
    yield f.wait()
    for number, unit, code in f.waiting():
        if bodies and code not in replying:
            continue
        reply = {"request": number, "advice": "for", "reasons": said["reply"]}
        by_themselves = f.at(unit, "asked_body")
        if by_themselves:
            f.anyone(by_themselves, "reply_opinion", **reply)
        else:
            on_paper = {"reply_number": str(number), "replied_on": f.player.clock.today().isoformat()}
            f.anyone(f.holders(), "record_reply", reply_paper=f.store("Văn bản trả lời"), **reply, **on_paper)
        yield f.wait()


def _council(f: Played, stage: str) -> Script:
    """The members vote, or the paper ballots are counted by two persons; the secretary closes."""
    voters = _voters(f, stage)
    free = _free(f, voters)
    agree, disagree, abstain = f.option("votes", {}).get(stage, (len(free), 0, 0))
    if stage in f.option("counted", ()):
        yield from _counted(f, len(voters), agree, disagree, abstain)
    else:
        yield from _cast(f, free, agree, disagree, abstain)
    f.anyone(f.holders(), "close_ballot")
    ballot = FLOWS[f.story.form].stages[stage].ballot
    f.vote_failed = not ballot.passed(agree, len(voters))


def _voters(f: Played, stage: str) -> list[str]:
    unit = f.path()["chairman" if stage == "board" else stage]
    return f.player.staff.voters(unit, f.player.clock.today())


def _free(f: Played, voters: list[str]) -> list[str]:
    """The members who may vote and are there."""
    away = {*f.option("bind", ()), *f.option("absent", ())}
    return [name for name in voters if name not in away]


def _cast(f: Played, free: list[str], agree: int, disagree: int, abstain: int) -> Script:
    choices = ["agree"] * agree + ["disagree"] * disagree + ["abstain"] * abstain
    for username, choice in zip(free, choices, strict=False):
        f.do(username, "ballot", choice=choice)
        yield 0


def _counted(f: Played, members: int, agree: int, disagree: int, abstain: int) -> Script:
    minutes = f.store("Biên bản kiểm phiếu")
    counts = {"issued": members, "returned": members, "valid": agree + disagree}
    votes = {"agree": agree, "disagree": disagree, "abstain": abstain}
    first = f.anyone(f.holders(), "record_counts", minutes_sha=minutes, **counts, **votes)
    yield 0
    unit = f.holder.unit_id if f.holder is not None else 0
    seconds = [name for name in f.at(unit, "clerk", "office") if name != first]
    f.anyone(seconds, "confirm_counts")
    yield 0


def _signature(f: Played, stage: str) -> Script:
    decline = f.option("decline", {}).get(stage)
    forward, back = ("award", "not_award") if DECIDES[f.story.form] == stage else ("send_up", "not_send_up")
    action = back if decline else forward
    reason = _reason(decline) if decline else _reason("hard_area") if f.vote_failed else {}
    signers = f.holders("deputy")
    if stage in f.option("deputy", ()):
        signers = f.at(f.path()[stage], "deputy")
    if stage in f.option("on_paper", ()):
        signed = {"signed_on": f.player.clock.today().isoformat(), "signed_file": f.store("Văn bản đã ký")}
        recorders = f.at(f.path()[stage], "clerk", "office")
        f.anyone(recorders, "record_signature", outcome=action, signer=signers[0], **signed, **reason)
    else:
        f.anyone(signers, action, **reason)
    yield from ()


def _number(f: Played, stage: str) -> Script:
    unit = f.path()[stage]
    series = "QĐ" if DECIDES[f.story.form] == stage else SERIES.get(stage, "TTr")
    given = {"number": f.player.next_number(unit, series), "numbered_on": f.player.clock.today().isoformat()}
    f.anyone(f.holders(), "number", **given)
    yield from ()


def _pending(f: Played, _stage: str) -> Script:
    """The centre takes its time; what it decides is recorded."""
    yield f.player.rng.randint(35, 60)
    outcome = f.option("central", "awarded")
    said = {"outcome": outcome, "decided_on": f.player.clock.today().isoformat()}
    said |= {"number": f.player.next_number(0, "QĐ-TTg")} if outcome == "awarded" else _reason("other")
    f.anyone(f.holders(), "record_central_result", **said)


STEPS: Mapping[str, Callable[[Played, str], Script]] = {
    "intake": _intake,
    "check": _check,
    "appraisal": _appraisal,
    "council": _council,
    "signature": _signature,
    "number": _number,
    "pending": _pending,
}


# --- what happens on the way ---------------------------------------------------------------------------------


def _returned(f: Played, event: Event) -> Script:
    """Returned with all faults, passed down as far as the story says, mended and sent in again where it is."""
    sections = list(event["sections"])
    fault = event["fault"]
    faults = [{"code": fault, "note": texts()["faults"][fault], "section": sections[0]}]
    mode = event.get("mode", "chain")
    returners = f.at(f.path()[f.state.partition(".")[0]], "head") if event.get("by_head") else f.holders()
    f.anyone(returners, "return", mode=mode, sections=sections, faults=faults)
    yield f.wait()
    for _ in range(event.get("down", 0)):
        f.anyone(f.holders(), "pass_down", reasons=texts()["words"]["pass_down"])
        yield f.wait()
    if not event.get("mend", True):
        return
    yield from _mended(f, sections)
    while f.state.endswith(RETURNED):
        f.anyone(f.holders(), "resubmit", note=texts()["words"]["fixed"])
        yield f.wait()
    yield from _reconfirmed(f)
    yield from _appraised_anew(f)


def _mended(f: Played, sections: list[str]) -> Script:
    """Whoever has the file now changes what the return reopened."""
    editor = f.holders()[0]
    if "report" in sections:
        f.working["report"]["achievements"] += " " + texts()["words"]["fixed"]
    if "criteria" in sections:
        for code in f.working["criteria"]["statements"]:
            f.working["criteria"]["statements"][code] += " " + texts()["words"]["fixed"]
    typed = [name for name in sections if name in f.working]
    if typed:
        f.save(*typed, by=editor)
        yield 0
    if "papers" in sections:
        f.attach(("other",))
        yield 0


def _reconfirmed(f: Played) -> Script:
    """After a direct return the levels below stand by the changed values again."""
    pending = f.player.session.scalar(select(Nomination.reconfirm).where(Nomination.code == f.code))
    for stage in pending or ():
        f.anyone(f.at(f.path()[stage], "head", "deputy", "appraiser"), "reconfirm", note=texts()["words"]["fixed"])
        yield f.wait()


def _appraised_anew(f: Played) -> Script:
    """Where the level's own appraisal was about what changed, the file goes back to it first."""
    gates = f.player.session.scalar(select(Nomination.gates).where(Nomination.code == f.code)) or {}
    stage, _, step = f.state.partition(".")
    if stage in gates.get("anew", ()) and step in {"council", "signature"}:
        f.anyone(f.holders("deputy"), "send_back", reasons=texts()["words"]["send_back"])
        yield f.wait()


def _approve_return(f: Played, _event: Event) -> Script:
    head = f.at(f.path()[f.state.partition(".")[0]], "head")
    f.anyone(head, "approve_return", reasons=texts()["words"]["approve_return"])
    yield from ()


def _hold(f: Played, event: Event) -> Script:
    """Proposed by the appraiser, approved by the head, and ended where the story says so."""
    unit = f.path()[f.state.partition(".")[0]]
    said = {"ground": event.get("ground", "complaint"), "reasons": texts()["words"]["hold"]}
    f.anyone(f.at(unit, "appraiser", "office"), "propose_hold", **said)
    yield f.wait()
    if event.get("approve", True):
        f.anyone(f.at(unit, "head", "deputy"), "hold")
        yield f.wait() * 3
    if event.get("resume"):
        f.anyone(f.at(unit, "head", "deputy"), "resume", reasons=texts()["words"]["resume"])


def _withdrawn(f: Played, _event: Event) -> Script:
    unit = f.player.session.scalar(select(Nomination.letter_unit_id).where(Nomination.code == f.code))
    f.anyone(f.at(unit, "head", "deputy"), "withdraw", reasons=texts()["words"]["withdraw"])
    yield from ()


def _recalled(f: Played, event: Event) -> Script:
    f.do(f.story.by, "recall")
    yield f.wait()
    if event.get("again"):
        f.do(f.story.by, "submit")


def _sent_back(f: Played, _event: Event) -> Script:
    f.anyone(f.holders("deputy"), "send_back", reasons=texts()["words"]["send_back"])
    yield from ()


def _declared(f: Played, event: Event) -> Script:
    for username in event["who"]:
        f.declare(username, event.get("kind", "kin"))
        yield 0


def _ballots(f: Played, event: Event) -> Script:
    """Some ballots, and the vote stays open."""
    stage = f.state.partition(".")[0]
    yield from _cast(f, _free(f, _voters(f, stage)), *event["votes"])


def _asks(f: Played, event: Event) -> Script:
    """Bodies are asked; those that the story names reply, the others stay silent."""
    yield from _asked(f, "opinion", list(event["bodies"]), list(event["reply"]))


EVENTS: Mapping[str, Callable[[Played, Event], Script]] = {
    "return": _returned,
    "approve_return": _approve_return,
    "hold": _hold,
    "withdraw": _withdrawn,
    "recall": _recalled,
    "send_back": _sent_back,
    "declare": _declared,
    "ballots": _ballots,
    "ask": _asks,
}


def _reason(code: str) -> dict[str, str]:
    return {"reason_code": code, "reasons": texts()["reasons"][code]}
