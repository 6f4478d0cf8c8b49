"""Saving a section: through the one way every act goes, or the page again with what was typed and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nominations.extensions import current_clock, db_session
from nominations.services.actions import Denied, Request, act
from nominations.services.content import checked_content
from nominations.services.errors import InvalidInput
from nominations.web.ground import form_errors, origin, refusal, seen_version, typed_key, viewer
from nominations.web.nominators.opened import Opened

STALE = "stale_version"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: the version now, or a refusal, or a sentence for each field. `status` is the page's."""

    version: int
    refused: Mapping[str, str] | None = None
    errors: Mapping[str, str] | None = None

    @property
    def saved(self) -> bool:
        """Whether what was typed is stored."""
        return self.refused is None and self.errors is None

    @property
    def stale(self) -> bool:
        """Whether the file changed since the page was opened."""
        return self.refused is not None and self.refused["guard"] == STALE

    @property
    def status(self) -> int:
        """The status the page is answered with."""
        return 200 if self.saved else 409 if self.refused else 422


def save(file: Opened, section: str, content: Mapping[str, Any], *, by_itself: bool = False) -> Answer:
    """Store a section as typed; what says nothing new makes no entry. `by_itself`: the page saves, nobody pressed."""
    checked, wrong = checked_content({section: content}, file.row.subject_kind)
    if not wrong and checked[section] == file.row.working.get(section, {}):
        return Answer(file.row.version)
    asked = origin(None if by_itself else typed_key())
    request = Request(file.code, "save", seen_version(), {"content": {section: dict(content)}}, asked)
    try:
        outcome = act(db_session(), viewer().actor, current_clock(), request)
    except InvalidInput as error:
        errors = {path.removeprefix(f"{section}."): text for path, text in form_errors(error).items()}
        return Answer(file.row.version, errors=errors)
    if isinstance(outcome, Denied):
        return Answer(outcome.version, refused=refusal(outcome))
    return Answer(outcome.version)
