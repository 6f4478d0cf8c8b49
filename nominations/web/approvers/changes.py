"""What changed: since somebody last judged a file, and since they opened the page they acted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from nominations.extensions import db_session
from nominations.queries.detail import Detail
from nominations.queries.history import changes_since as acts_since
from nominations.queries.since import Given, since_judged
from nominations.web import content_shown
from nominations.web.approvers.words import DECISIONS, OPINIONS, OTHER_ACTS
from nominations.web.content_words import wanted
from nominations.web.formats import datetime_vi
from nominations.web.ground import lang, viewer
from workflows import ACTIONS, action_label, state_label
from workflows.reviewed import section_of
from workflows.sentences import section_label

Row = dict[str, Any]
Content = Mapping[str, Any]
Papers = Sequence[Mapping[str, str]]
PLAIN = ("nominee", "report", "proposal")


def act_words(act: str) -> str:
    """What an act of the log is called."""
    return action_label(act, lang()) if act in ACTIONS else str(OTHER_ACTS.get(act, act))


def changes_since(file: Detail, seen: int) -> dict[str, Any]:
    """What was done to the file after version ``seen``, as the page of a stale form shows it."""
    acts = acts_since(db_session(), viewer(), file.line.code, seen)
    rows = [
        {
            "label": act_words(change.act),
            "section": f"{change.actor_name}, {datetime_vi(change.at)}",
            "before": _state(file, change.from_state) if change.from_state != change.to_state else None,
            "after": _state(file, change.to_state) if change.from_state != change.to_state else _("đã thực hiện"),
        }
        for change in acts
    ]
    last = acts[-1] if acts else None
    return {"rows": rows, "who": last.actor_name if last else None, "at": last.at if last else None}


def changes_since_judged(file: Detail) -> dict[str, Any] | None:
    """The fields that differ between what this person last judged and what is sealed now."""
    found = since_judged(db_session(), viewer().person_id, file)
    if found is None:
        return None
    mine = {part for given in found.given for part in given.touched}
    rows = [row | {"mine": _is_of(row["part"], mine)} for row in differences(file, found.before, found.after)]
    rows.sort(key=lambda row: not row["mine"])
    return {"judged": found.judged, "rows": rows, "given": [_given_words(file, given) for given in found.given]}


def _is_of(part: str, reviewed: set[str]) -> bool:
    return part in reviewed or section_of(part) in reviewed


def _given_words(file: Detail, given: Given) -> dict[str, Any]:
    """What was given, at which level, and whether it stands."""
    stage = file.workflow.stages.get(given.stage)
    what = OPINIONS.get(given.kind) or DECISIONS.get(given.kind) or _("Phiếu biểu quyết")
    named = {section_of(part): section_label(section_of(part), lang()) for part in given.touched}
    return {
        "what": str(what),
        "stage": stage.label[lang()] if stage is not None else given.stage,
        "stands": given.stands,
        "touched": ", ".join(named.values()),
    }


def differences(file: Detail, before: Content, after: Content) -> Iterator[Row]:
    """Every field in which two sealed contents differ, with its section."""
    row = file.row
    for section in (*PLAIN, "criteria"):
        fields = wanted(section, row.subject_kind, row.subject_group)
        old, new = before.get(section, {}), after.get(section, {})
        for found in content_shown.differences(fields, old, new):
            yield found | {"section": section_label(section, lang()), "part": f"{section}.{found['name']}"}
    yield from _texts(before.get("criteria", {}), after.get("criteria", {}))
    yield from _papers(file, before.get("papers", ()), after.get("papers", ()))


def _texts(before: Content, after: Content) -> Iterator[Row]:
    """What is said of each criterion."""
    names = {"statements": _("đã thực hiện"), "explanations": _("giải trình")}
    for kept, words in names.items():
        old, new = before.get(kept, {}), after.get(kept, {})
        for code in sorted({*old, *new}):
            if old.get(code) != new.get(code):
                label = _("Tiêu chí %(code)s, %(what)s", code=code, what=words)
                where = section_label("criteria", lang())
                yield {
                    "label": label,
                    "section": where,
                    "part": f"criteria.{kept}",
                    "before": old.get(code),
                    "after": new.get(code),
                }


def _papers(file: Detail, before: Papers, after: Papers) -> Iterator[Row]:
    """Papers that came or went, by their kind."""
    labels = {paper.kind: paper.label[lang()] for paper in file.workflow.papers}
    old = {(paper["kind"], paper["sha256"]): paper["name"] for paper in before}
    new = {(paper["kind"], paper["sha256"]): paper["name"] for paper in after}
    for kind, sha in sorted(old.keys() ^ new.keys()):
        yield {
            "label": labels.get(kind, kind),
            "section": section_label("papers", lang()),
            "part": f"papers.{kind}",
            "before": old.get((kind, sha)),
            "after": new.get((kind, sha)),
        }


def _state(file: Detail, state: str | None) -> str | None:
    return state_label(file.workflow, state, lang()) if state else None
