"""What a new nomination is made of, as the person may choose it: unit, round, form, kind, group, nominee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from wtforms import Form, RadioField, SelectField, StringField
from wtforms.validators import DataRequired

from nominations.extensions import current_clock, db_session
from nominations.queries.actors import PostLine
from nominations.queries.filing import GroupChoice, KnownNominee, RoundChoice, groups_of, known_nominees, open_rounds
from nominations.queries.flows import active_flow_id
from nominations.services.nominees import Draft
from nominations.web.ground import lang, viewer
from nominations.web.lazily import lazily
from workflows.flows import ruleset_on, tiers_on

KINDS = (
    ("household", lazily("Hộ gia đình")),
    ("individual", lazily("Cá nhân")),
    ("collective", lazily("Tập thể")),
)
NEW, ITSELF = "new", "itself"  # instead of the reference of a known nominee
BY_LEVEL: Mapping[str, str] = {"unit": "1.1", "district": "1.2", "commune": "1.3"}  # a unit's own group
BY_KIND: Mapping[str, str] = {"household": "1.5", "individual": "1.6", "collective": "1.4"}
MARKED = (DataRequired(),)


class BasisForm(Form):
    """The first step: for whom one files, in which round, for which form, about what kind of nominee."""

    unit = SelectField(lazily("Đơn vị đề nghị"), validators=MARKED, validate_choice=False)
    round = SelectField(lazily("Đợt xét khen thưởng"), validators=MARKED, validate_choice=False)
    form = SelectField(lazily("Hình thức khen thưởng"), validators=MARKED, validate_choice=False)
    kind = RadioField(lazily("Đề nghị khen thưởng"), validators=MARKED, validate_choice=False)


class NomineeForm(Form):
    """The second step: who it is, and by which group of criteria."""

    group = RadioField(lazily("Nhóm tiêu chí của kế hoạch"), validators=MARKED, validate_choice=False)
    nominee = RadioField(lazily("Trường hợp đề nghị"), validators=MARKED, validate_choice=False)
    name = StringField(lazily("Họ và tên, hoặc tên đầy đủ"), description=lazily("Ghi khi là trường hợp mới."))
    birth_year = StringField(lazily("Năm sinh"), description=lazily("Của người hoặc của chủ hộ; không bắt buộc."))


@dataclass(frozen=True, slots=True)
class Basis:
    """The first step's choices, each one that is there to be chosen."""

    unit: PostLine
    round: RoundChoice
    form: str
    kind: str

    @property
    def form_name(self) -> str:
        """The form's name in the reader's language."""
        return next(name.en if lang() == "en" else name.vi for name in self.round.forms if name.code == self.form)

    @property
    def arguments(self) -> dict[str, str]:
        """The choices as the address of the second step has them."""
        return {"unit": str(self.unit.unit_id), "round": self.round.code, "form": self.form, "kind": self.kind}


def units() -> tuple[PostLine, ...]:
    """Return the posts by which the person files."""
    return tuple(post for post in viewer().posts if post.duty == "nominator")


def rounds() -> tuple[RoundChoice, ...]:
    """Return the rounds that take files today."""
    return open_rounds(db_session(), current_clock().today())


def basis_form(given: Mapping[str, Any], kind: type[BasisForm] = BasisForm) -> BasisForm:
    """Return the first step's form; where there is but one choice it is made already."""
    found, posts = rounds(), units()
    first = {
        "unit": str(posts[0].unit_id) if len(posts) == 1 else "",
        "round": found[0].code if len(found) == 1 else "",
    }
    form = kind(data=first | {name: value for name, value in given.items() if value})
    form.unit.choices = _with_blank({str(post.unit_id): post.unit_name for post in posts})
    form.round.choices = _with_blank({choice.code: choice.title for choice in found})
    form.form.choices = _with_blank(dict(sorted(_forms(found).items())))
    form.kind.choices = {code: str(words) for code, words in KINDS}
    return form


def basis(given: Mapping[str, str]) -> tuple[Basis | None, dict[str, str]]:
    """Return the choices of the first step, or a sentence for each that is missing or is not there to choose."""
    unit = next((post for post in units() if str(post.unit_id) == given.get("unit")), None)
    chosen = next((choice for choice in rounds() if choice.code == given.get("round")), None)
    form, kind = given.get("form", ""), given.get("kind", "")
    errors = {
        name: sentence
        for name, good, sentence in (
            ("unit", unit is not None, _("Hãy chọn đơn vị đề nghị.")),
            ("round", chosen is not None, _("Hãy chọn một đợt đang mở.")),
            ("form", form in _forms(rounds()), _("Hãy chọn hình thức khen thưởng.")),
            ("kind", kind in dict(KINDS), _("Hãy chọn hộ gia đình, cá nhân hay tập thể.")),
        )
        if not good
    }
    if unit is not None and chosen is not None and not errors and form not in {name.code for name in chosen.forms}:
        errors["form"] = _("Đợt này không xét hình thức đó. Hãy chọn hình thức hoặc đợt khác.")
    if errors or unit is None or chosen is None:
        return None, errors
    return Basis(unit, chosen, form, kind), {}


def nominee_form(start: Basis, found: tuple[KnownNominee, ...], given: Mapping[str, str]) -> Form:
    """Return the second step's form with the nominees that were found."""
    groups = groups_for(start)
    likely = {
        "group": _likely_group(start, groups),
        "nominee": NEW,
        "name": "" if found else request.args.get("q", "").strip(),
    }
    form = NomineeForm(data=likely | {name: value for name, value in given.items() if value})
    form.group.choices = {group.group_no: f"{group.group_no}. {group.title}" for group in groups}
    known = {one.ref: one.name for one in found}
    itself = {ITSELF: start.unit.unit_name} if start.kind == "collective" else {}
    form.nominee.choices = known | itself | {NEW: _("Trường hợp mới")}
    return form


def groups_for(start: Basis) -> tuple[GroupChoice, ...]:
    """Return the plan's groups that a nominee of this kind may belong to."""
    found = groups_of(db_session(), start.round.movement_id)
    return tuple(group for group in found if start.kind in group.subject_kinds)


def found_nominees(start: Basis) -> tuple[KnownNominee, ...]:
    """Return the nominees whose name was searched for."""
    return known_nominees(db_session(), viewer(), start.kind, request.values.get("q", "")[:200])


def draft_of(start: Basis, given: Mapping[str, str]) -> Draft:
    """Return the new nomination as the service takes it; what was typed is left to the service to judge."""
    chosen, year = given.get("nominee", NEW), given.get("birth_year", "").strip()
    itself = chosen == ITSELF
    return Draft(
        round_code=start.round.code,
        form=start.form,
        proposing_unit_id=start.unit.unit_id,
        subject_kind=start.kind,
        subject_group=given.get("group", ""),
        name=given.get("name", "") if chosen == NEW else "",
        nominee_ref=None if itself or chosen == NEW else chosen,
        nominee_unit_id=start.unit.unit_id if itself else None,
        birth_year=(int(year) if year.isascii() and year.isdigit() and len(year) <= 4 else 0) if year else None,
    )


def _forms(found: tuple[RoundChoice, ...]) -> dict[str, str]:
    """Return the forms that some open round admits and somebody may issue today, with their names."""
    today, session = current_clock().today(), db_session()
    names = {name.code: name.en if lang() == "en" else name.vi for choice in found for name in choice.forms}
    law = ruleset_on(today), tiers_on(today)
    return {code: name for code, name in names.items() if active_flow_id(session, code, *law) is not None}


def _likely_group(start: Basis, groups: tuple[GroupChoice, ...]) -> str:
    likely = BY_KIND[start.kind]
    if start.kind == "collective":
        likely = BY_LEVEL.get(start.unit.level, likely)
    return likely if likely in {group.group_no for group in groups} else ""


def _with_blank(options: dict[str, str]) -> dict[str, str]:
    return {"": _("Chọn trong danh sách")} | options
