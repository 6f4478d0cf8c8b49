"""The fields of the forms about opinions of other bodies: what to ask, of whom, with which papers, which request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _

from nominations.services.action_fields import Field as Asked
from nominations.web.approvers import consulting
from nominations.web.approvers.asked import ActAsked
from nominations.web.approvers.fields import MARKED, ListField, Pairs, SectionsField, Unbound, choices
from nominations.web.approvers.words import words
from nominations.web.ground import lang


def likely(asked: ActAsked) -> dict[str, Any]:
    """What a form about an opinion begins with: the kind and the bodies a link or the flow proposes, the request."""
    if asked.action != consulting.ASK:
        return {"request": request.args.get("request", "")}
    kind = consulting.chosen_kind(asked.ready)
    return {"kind": kind or "", "bodies": consulting.likely_bodies(asked.ready, kind)}


def _kind(asked: ActAsked, name: str, spec: Asked) -> Unbound:
    return _listed(asked, name, spec, consulting.asked_kinds(asked.ready), _("Chọn loại ý kiến"))


def _request(asked: ActAsked, name: str, spec: Asked) -> Unbound:
    return _listed(asked, name, spec, consulting.open_requests(asked.file, asked.ready), _("Chọn yêu cầu"))


def _bodies(asked: ActAsked, name: str, _spec: Asked) -> Unbound:
    return _several(asked, name, consulting.offered_bodies(asked.ready, consulting.chosen_kind(asked.ready)))


def _papers(asked: ActAsked, name: str, _spec: Asked) -> Unbound:
    labels = {paper.kind: paper.label[lang()] for paper in asked.ready.workflow.papers}
    found = {one.sha256: f"{labels.get(one.kind, one.kind)}: {one.name}" for one in asked.file.papers}
    return _several(asked, name, tuple(found.items()))


def _several(asked: ActAsked, name: str, pairs: Pairs) -> Unbound:
    label, hint = words(asked.action, name)
    return SectionsField(label, description=hint, choices=choices(pairs))


def _listed(asked: ActAsked, name: str, spec: Asked, pairs: Pairs, empty: str) -> Unbound:
    label, hint = words(asked.action, name)
    validators = MARKED if spec.required else ()
    return ListField(label, description=hint, validators=validators, choices=choices(pairs, empty))


MAKERS: Mapping[str, Callable[[ActAsked, str, Asked], Unbound]] = {
    "kind": _kind,
    "bodies": _bodies,
    "papers": _papers,
    "request": _request,
}
