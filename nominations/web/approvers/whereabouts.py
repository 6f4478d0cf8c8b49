"""Where a file stands: who holds it, since when, what comes next, when a result can be expected; and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from nominations.clock import working_day
from nominations.extensions import current_clock, db_session
from nominations.queries.calendar import calendar
from nominations.queries.detail import Detail
from nominations.queries.detail_parts import TaskLine
from nominations.queries.history import EntryLine, History
from nominations.queries.tracker import TrackerStep
from nominations.services.expected import result_expected
from nominations.services.log import Receipt
from nominations.web.approvers.changes import act_words
from nominations.web.approvers.panel import ICONS
from nominations.web.approvers.words import DUTIES
from nominations.web.formats import date_vi
from nominations.web.ground import lang
from nominations.web.who import who
from workflows import DRAFT, ENDS, HELD, state_label
from workflows.clocks import Spell, StepClock, step_clock
from workflows.workdays import used_days

Shown = dict[str, Any]
STANDS = {
    "done": "done",
    "now": "current",
    "next": "todo",
    "returned": "returned",
    "held": "held",
    "stopped": "stopped",
}
TONES = {
    "return": "warn",
    "hold": "warn",
    "award": "formal",
    "not_award": "bad",
    "not_send_up": "bad",
    "withdraw": "bad",
    "annul": "bad",
    "record_central_annulment": "bad",
    "approve_correction": "warn",
    "reissue": "warn",
}


def whereabouts(file: Detail) -> Shown:
    """The four answers and the way, stage by stage."""
    line = file.line
    held = next((step for step in file.tracker if step.state == "held"), None)
    duty = "nominator" if line.state == DRAFT else line.holder_duty
    return {
        "holder": held.unit_name if held is not None else _holder(file),
        "holder_note": _("tạm dừng xét") if held is not None else str(DUTIES.get(duty or "", "")) or None,
        "since": line.opened_at,
        "due_on": line.due_on,
        "days_left": days_left(line.due_on, current_clock().today()),
        "next": _next_step(file.tracker),
        "expected_on": result_expected(db_session(), file, current_clock().today()),
        "clock": _clock(file),
        "ended": line.state in ENDS,
        "stages": _stages(file.tracker),
    }


def days_left(due_on: date | None, today: date) -> int | None:
    """Working days up to a due day, negative once it is past; None where no clock runs."""
    if due_on is None:
        return None
    days = calendar(db_session())
    return used_days(days, today, due_on) if due_on >= today else -used_days(days, due_on, today)


def timeline_of(file: Detail, found: History) -> list[Shown]:
    """The entries of the log as a timeline, the latest first."""
    return [_entry(file, entry) for entry in reversed(found.entries)]


def _entry(file: Detail, entry: EntryLine) -> Shown:
    receipt = Receipt(file.line.code, entry.cseq, entry.hash, "")
    moved = entry.from_state != entry.to_state and entry.from_state and entry.to_state
    return {
        "at": entry.at,
        "label": act_words(entry.act),
        "who": who(entry.actor_name, entry.behalf_name) or None,
        "unit": entry.unit_name or None,
        "icon": ICONS.get(entry.act, "point"),
        "tone": TONES.get(entry.act, "neutral"),
        "lines": [_move(file, entry.from_state or "", entry.to_state or "")] if moved else [],
        "note": entry.reasons,
        "receipt": receipt.code,
    }


def _move(file: Detail, before: str, after: str) -> str:
    names = (state_label(file.workflow, state, lang()) for state in (before, after))
    return " → ".join(names)


def _holder(file: Detail) -> str:
    line = file.line
    if line.state == DRAFT:
        return line.unit_name
    if line.state in ENDS:
        return _("Không còn ai: hồ sơ đã kết thúc")
    return line.holder_unit_name or state_label(file.workflow, line.state, lang())


def _next_step(steps: Sequence[TrackerStep]) -> str | None:
    """The step after the present one, or the return to the present one."""
    coming = [step for step in steps if step.state == "next"]
    parked = next((step for step in steps if step.state in {"returned", "held"}), None)
    step = parked or (coming[0] if coming else None)
    return None if step is None else _("%(step)s, %(unit)s", step=step.label[lang()], unit=step.unit_name)


def _clock(file: Detail) -> str | None:
    """That the clock of this step stands or stood, in one line; of a held file only its unit and auditors read it."""
    step = file.workflow.step_of(file.line.state)
    held = file.line.state.endswith(HELD)
    if step is None or (held and file.hold is None):
        return None
    here = next((task for task in file.tasks if task.closed_at is None), None)
    if here is not None and here.base_due_on is not None:
        return _with_opinions(here, here.base_due_on)
    found = step_clock(calendar(db_session()), step, [_spell(task) for task in file.tasks if task.step == step.state])
    if found is None:
        return None
    if found.due_on is None:
        return _stands(found)
    if not found.stood:
        return None
    return _(
        "hạn ban đầu %(first)s, tạm dừng %(days)s ngày làm việc, hạn mới %(due)s",
        first=date_vi(found.first_due_on),
        days=found.stood,
        due=date_vi(found.due_on),
    )


def _with_opinions(task: TaskLine, first: date) -> str | None:
    """What opinions that are out, or were, did to the due day."""
    if task.due_on is None:
        return _("đồng hồ đang dừng chờ ý kiến; hạn ban đầu %(first)s", first=date_vi(first))
    if task.due_on == first:
        return None
    return _("hạn ban đầu %(first)s, chờ ý kiến nên hạn mới %(due)s", first=date_vi(first), due=date_vi(task.due_on))


def _stands(found: StepClock) -> str:
    """What is left of a clock that stands."""
    left = found.left or 0
    if left < 0:
        return _("đồng hồ đang dừng; khi dừng đã quá hạn %(days)s ngày làm việc", days=-left)
    return _("đồng hồ đang dừng; còn %(days)s ngày làm việc", days=left)


def _spell(task: TaskLine) -> Spell:
    closed_on = None if task.closed_at is None else working_day(task.closed_at)
    return Spell(working_day(task.opened_at), task.due_on, closed_on, task.outcome)


def _stages(steps: Sequence[TrackerStep]) -> list[Shown]:
    """The way by stages: a file of eighteen steps is read as five."""
    shown: list[Shown] = []
    for stage in dict.fromkeys(step.stage for step in steps):
        parts = [step for step in steps if step.stage == stage]
        here = next((step for step in parts if step.state not in {"done", "next"}), None)
        done = [step.closed_at for step in parts if step.state == "done" and step.closed_at is not None]
        stand = here.state if here is not None else "next" if any(step.state == "next" for step in parts) else "done"
        if here is None and stand == "next" and any(step.state == "done" for step in parts):
            here, stand = next(step for step in parts if step.state == "next"), "now"
        shown.append(
            {
                "label": parts[0].stage_label[lang()],
                "state": STANDS.get(stand, stand),
                "holder": parts[0].unit_name,
                "on": _latest(done) if stand == "done" else here.since if here is not None else None,
                "note": here.label[lang()] if here is not None else None,
            }
        )
    return shown


def _latest(instants: Sequence[datetime]) -> datetime | None:
    return max(instants, default=None)
