"""Every refusal as a sentence a person can act on, and every state and action by its name, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workflows.actions import ACTIONS
from workflows.catalogue import document
from workflows.flow import DRAFT, HELD, RETURNED, Workflow
from workflows.model import Refused

ENDS: Mapping[str, Mapping[str, str]] = {
    DRAFT: {"vi": "Bản nháp", "en": "Draft"},
    "awarded": {"vi": "Đã khen thưởng", "en": "Awarded"},
    "not_awarded": {"vi": "Không khen thưởng", "en": "Not awarded"},
    "withdrawn": {"vi": "Đã rút đề nghị", "en": "Withdrawn"},
    "replaced": {"vi": "Đã chuyển hình thức khác", "en": "Moved to another form"},
    "annulled": {"vi": "Đã hủy bỏ quyết định", "en": "Annulled"},
}
PARKED: Mapping[str, Mapping[str, str]] = {
    RETURNED: {"vi": "đã trả để bổ sung", "en": "returned"},
    HELD: {"vi": "tạm dừng xét", "en": "on hold"},
}
SECTIONS: Mapping[str, Mapping[str, str]] = {
    "nominee": {"vi": "Trường hợp đề nghị", "en": "Nominee"},
    "criteria": {"vi": "Tiêu chí và số liệu", "en": "Criteria and figures"},
    "report": {"vi": "Báo cáo thành tích", "en": "Achievement report"},
    "papers": {"vi": "Giấy tờ kèm theo", "en": "Papers"},
    "proposal": {"vi": "Nội dung đề nghị", "en": "Proposal"},
}


def sentence(workflow: Workflow, refused: Refused, lang: str) -> str:
    """The guard's sentence in ``lang`` (``vi`` or ``en``), its values named as a reader knows them."""
    raw = document("sentences")[refused.guard]
    return str(raw[lang]).format_map({key: _named(workflow, key, value, lang) for key, value in refused.params.items()})


def clears(refused: Refused, lang: str) -> str:
    """Who can clear the refusal."""
    return str(document("sentences")[refused.guard]["clears"][lang])


def guards() -> tuple[str, ...]:
    """The name of every guard that has a sentence."""
    return tuple(document("sentences"))


def action_label(action: str, lang: str) -> str:
    """What an action is called in the interface."""
    return ACTIONS[action].label[lang]


def state_label(workflow: Workflow, state: str, lang: str) -> str:
    """A state by its stage and step, such as "Thẩm định – Ủy ban nhân dân cấp xã"."""
    if state in ENDS:
        return ENDS[state][lang]
    step, stage = workflow.step_of(state), workflow.stage_of(state)
    if step is None or stage is None:
        return state
    name = f"{step.label[lang]} – {stage.label[lang]}"
    parked = next((words[lang] for suffix, words in PARKED.items() if state.endswith(suffix)), "")
    return f"{name} ({parked})" if parked else name


def section_label(section: str, lang: str) -> str:
    """What a section of the file is called."""
    return SECTIONS[section][lang]


def _named(workflow: Workflow, key: str, value: str, lang: str) -> str:
    """A value of a sentence: codes of states, stages, actions, sections and papers become their names."""
    name = _NAMES.get(key)
    return ", ".join(name(workflow, part, lang) for part in value.split(", ")) if name is not None else value


def _form(workflow: Workflow, form: str, lang: str) -> str:
    if form == workflow.form:
        return workflow.label[lang]
    known = document("forms")["forms"].get(form)  # an earlier award may be of another form, or imported
    return str(known["label"][lang]) if known is not None else form


def _stage(workflow: Workflow, name: str, lang: str) -> str:
    stage = workflow.stages.get(name)
    return stage.label[lang] if stage is not None else str(document("stages")[name]["label"][lang])


def _paper(workflow: Workflow, kind: str, lang: str) -> str:
    return next((paper.label[lang] for paper in workflow.papers if paper.kind == kind), kind)


def _opinion(workflow: Workflow, kind: str, lang: str) -> str:
    return next((one.label[lang] for one in workflow.consultations if one.kind == kind), kind)


_NAMES: Mapping[str, Callable[[Workflow, str, str], str]] = {
    "state": state_label,
    "action": lambda _workflow, action, lang: action_label(action, lang),
    "form": _form,
    "sections": lambda _workflow, section, lang: section_label(section, lang),
    "stage": _stage,
    "stages": _stage,
    "papers": _paper,
    "opinions": _opinion,
}
