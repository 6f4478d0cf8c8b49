"""The form of an action: its fields are what the service asks for, its lists are what the file and the law offer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from wtforms import Field, FieldList, Form

from nominations.extensions import current_clock, db_session
from nominations.queries.signers import Signer, signers
from nominations.services.action_fields import FIELDS, ON_PAPER
from nominations.services.action_fields import Field as Asked
from nominations.services.arrivals import came_on
from nominations.services.reasons import reasons
from nominations.web.approvers import opinion_fields
from nominations.web.approvers.answers import FAULTS, FINDINGS, KEPT
from nominations.web.approvers.asked import ActAsked
from nominations.web.approvers.fields import (
    MARKED,
    MOST_FAULTS,
    CountField,
    DayField,
    LineField,
    ListField,
    OneOfField,
    Pairs,
    SectionsField,
    Unbound,
    UploadField,
    WordsField,
    choices,
    dress_faults,
    dress_findings,
    fault_rows,
    finding_rows,
)
from nominations.web.approvers.words import CHOICES, words
from nominations.web.formats import date_vi
from nominations.web.ground import lang, viewer
from workflows.actions import HEADS_ACTS
from workflows.permissions import HEADS
from workflows.rules import OUTCOMES
from workflows.sentences import SECTIONS, section_label

FIRST: Mapping[str, tuple[str, ...]] = {
    "record_signature": ("outcome", "signer", "signed_on", "signed_file"),
    "record_central_result": ("outcome", "number", "decided_on"),
    "annul": ("ground", "reasons", "document_sha"),
    "return": ("faults", "sections", "mode"),
    "check": ("advice", "reasons", "by_criterion"),
}
DATED_TODAY = frozenset({"numbered_on"})
Option = Any

FAVOURS, REFUSES = frozenset({"send_up", "award"}), frozenset({"not_send_up", "not_award"})
DEPARTS = frozenset({"reason_code", "reasons"})


def act_form(asked: ActAsked) -> Form:
    """The form of the action, filled with what was sent, else with what is likely."""
    fields = {
        name: (_MAKERS.get(name) or _BY_KIND[spec.kind])(asked, name, spec)
        for name, spec in _in_order(asked.action)
        if _is_shown(asked, name)
    }
    made: type[Form] = type("ActForm", (Form,), fields)
    form = made(request.form if request.method == "POST" else None, data=_likely(asked, fields))
    for field in form:
        if isinstance(field, UploadField):
            field.kept = request.form.get(field.name + KEPT, "")
    _dress(asked, form)
    return form


def more_rows(asked: ActAsked, form: Form) -> None:
    """One more empty row for a fault."""
    faults = form[FAULTS]
    if isinstance(faults, FieldList) and len(faults.entries) < MOST_FAULTS:
        faults.append_entry()
        _dress(asked, form)


def _dress(asked: ActAsked, form: Form) -> None:
    """Give the rows of faults and findings their lists and words."""
    for field in form:
        if not isinstance(field, FieldList):
            continue
        if field.short_name == FAULTS:
            dress_faults(field, reasons("return_fault", lang()), _section_pairs(tuple(SECTIONS)))
        else:
            dress_findings(field, asked.criteria, tuple(CHOICES["met"].items()))


def _in_order(action: str) -> Iterator[tuple[str, Asked]]:
    """The fields of an action, what is decided before why."""
    fields = FIELDS[action]
    first = [name for name in FIRST.get(action, ()) if name in fields]
    yield from ((name, fields[name]) for name in [*first, *(name for name in fields if name not in first)])


def _is_shown(asked: ActAsked, name: str) -> bool:
    """Reasons to sign are asked for only where the vote speaks against it, or a soft quota is gone beyond.

    Who signed an act on an award, and the paper, are asked of whoever records it, not of the head who signs it here.
    """
    if asked.action in HEADS_ACTS and name in ON_PAPER:
        return _records(asked)
    if name == FINDINGS and not asked.criteria:
        return False
    beyond = any(warning.guard == "quota_over" for warning in asked.answer.warnings)
    return name not in DEPARTS or asked.action not in FAVOURS or not asked.vote_passed or beyond


def _is_required(asked: ActAsked, name: str, spec: Asked) -> bool:
    if asked.action in HEADS_ACTS and name in ON_PAPER:
        return True
    return spec.required or (name in DEPARTS and asked.action in FAVOURS)


def _records(asked: ActAsked) -> bool:
    """Whether this person is none of the deciding heads, and so can only record what one of them signed."""
    unit = asked.ready.case.path.get(asked.ready.workflow.deciding_stage.name)
    return viewer().actor.post_at(unit, HEADS) is None


def _likely(asked: ActAsked, fields: Mapping[str, Any]) -> dict[str, Any]:
    likely: dict[str, Any] = {name: date_vi(current_clock().today()) for name in DATED_TODAY & fields.keys()}
    if opinion_fields.MAKERS.keys() & fields.keys():
        likely |= opinion_fields.likely(asked)
    if FINDINGS in fields:
        likely[FINDINGS] = [{"code": code} for code, _words in asked.criteria]
    return likely


def _made(kind: Callable[..., Field], asked: ActAsked, name: str, spec: Asked, **more: Option) -> Unbound:
    """An unbound field with its words and its star."""
    label, hint = words(asked.action, name)
    validators = MARKED if _is_required(asked, name, spec) else ()
    return kind(label, validators=validators, description=hint, **more)


def _plain(kind: Callable[..., Field]) -> Callable[[ActAsked, str, Asked], Unbound]:
    return lambda asked, name, spec: _made(kind, asked, name, spec)


def _one_of(asked: ActAsked, name: str, spec: Asked) -> Unbound:
    offered = _offered(asked, name, spec)
    pairs = tuple((value, CHOICES[name][value]) for value in spec.choices if value in offered)
    more = {"default": "chain"} if name == "mode" else {}
    return _made(OneOfField, asked, name, spec, choices=choices(pairs), **more)


def _offered(asked: ActAsked, name: str, spec: Asked) -> Collection[str]:
    """Of the choices those that can be here: outcomes of this kind of step, forms other than the file's own."""
    if name == "outcome" and asked.step_kind in OUTCOMES:
        return OUTCOMES[asked.step_kind]
    own = asked.ready.case.form if name == "form" else None
    return [choice for choice in spec.choices if choice != own]


def _ground(asked: ActAsked, name: str, spec: Asked) -> Unbound:
    """The list of grounds the service checks the field against."""
    offered = reasons(spec.listed[0], lang())
    return _made(ListField, asked, name, spec, choices=choices(offered, _("Chọn trong danh mục")))


def _reason(asked: ActAsked, name: str, spec: Asked) -> Unbound:
    """Why not, or why against the vote; a paper signed outside may say either."""
    against, refuses = reasons("against_vote_reason", lang()), reasons("not_award_reason", lang())
    both = (
        *((code, _("Khác kết quả biểu quyết: %(reason)s", reason=said)) for code, said in against),
        *((code, _("Không khen thưởng, không trình: %(reason)s", reason=said)) for code, said in refuses),
    )
    offered: Pairs = against if asked.action in FAVOURS else refuses if asked.action in REFUSES else both
    listed = choices(offered, _("Chọn trong danh mục"))
    return _made(ListField, asked, name, spec, choices=listed)


def _signer(asked: ActAsked, name: str, spec: Asked) -> Unbound:
    case, flow, today = asked.ready.case, asked.ready.workflow, current_clock().today()
    holder, step = case.holder, flow.step_of(case.state)
    people: tuple[Signer, ...] = ()
    if asked.action in HEADS_ACTS:
        award = asked.file.award
        since = award.decided_on if award is not None else asked.ready.row.opens_on
        people = signers(db_session(), case.path[flow.deciding_stage.name], HEADS, since, today)
    elif holder is not None and step is not None:
        duties = (holder.duty,) if holder.substitute else step.holders
        came = came_on(db_session(), asked.ready.row, flow, today)
        people = signers(db_session(), holder.unit, duties, came, today)
    found = tuple((one.username, f"{one.full_name}, {one.title}") for one in people)
    return _made(ListField, asked, name, spec, choices=choices(found, _("Chọn người ký")))


def _sections(asked: ActAsked, name: str, _spec: Asked) -> Unbound:
    returns = asked.ready.case.returns
    offered = returns[-1].sections if asked.action == "pass_down" and returns else tuple(SECTIONS)
    label, hint = words(asked.action, name)
    return SectionsField(label, description=hint, choices=choices(_section_pairs(offered)))


def _rows(made: Callable[[str, str], Unbound]) -> Callable[[ActAsked, str, Asked], Unbound]:
    return lambda asked, name, _spec: made(*words(asked.action, name))


def _section_pairs(sections: tuple[str, ...]) -> Pairs:
    return tuple((section, section_label(section, lang())) for section in sections)


_BY_KIND: Mapping[str, Callable[[ActAsked, str, Asked], Unbound]] = {
    "text": _plain(WordsField),
    "line": _plain(LineField),
    "integer": _plain(CountField),
    "amount": _plain(CountField),
    "date": _plain(DayField),
    "choice": _one_of,
    "sections": _sections,
    "faults": _rows(fault_rows),
    "findings": _rows(finding_rows),
    "sha256": _plain(UploadField),
}
_MAKERS: Mapping[str, Callable[[ActAsked, str, Asked], Unbound]] = {
    "reason_code": _reason,
    "ground": _ground,
    "signer": _signer,
    **opinion_fields.MAKERS,
}
