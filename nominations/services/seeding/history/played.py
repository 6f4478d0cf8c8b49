"""One file of the history: what it is called, where it stands, who has it, and how its people act on it."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select

from nominations.models.consultations import OpinionRequest
from nominations.models.nominations import Nomination
from nominations.models.nominees import Nominee, NomineeMark, NomineePerson, PastAward
from nominations.models.units import Unit
from nominations.models.work import Task
from nominations.queries.case_facts import case_row
from nominations.queries.consultations import Proposal, proposals
from nominations.queries.prepared import prepare
from nominations.services import conflicts, drafts, files
from nominations.services.actions import Outcome, Request, act
from nominations.services.apply import Applied
from nominations.services.files import Upload
from nominations.services.holders import Address
from nominations.services.log import Origin
from nominations.services.nominees import Draft
from nominations.services.seeding.history.figures import INVENTED
from nominations.services.seeding.history.papers import pdf
from nominations.services.seeding.history.player import Player
from nominations.services.seeding.history.words import Story, content, paper_kinds, paper_label, scan_name
from workflows import Actor
from workflows.flows import ruleset_on


class StoryError(RuntimeError):
    """A story cannot go as it was written: the rules refused one of its acts."""


@dataclass(slots=True)
class Played:
    """A file under way."""

    player: Player
    story: Story
    code: str = ""
    version: int = 0
    state: str = "draft"
    holder: Address | None = None
    vote_failed: bool = False
    working: dict[str, Any] = field(default_factory=dict)

    def option(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - whatever the story says
        """What the story says about one thing."""
        return self.story.options.get(name, default)

    def wait(self) -> int:
        """Working days until the next act; a hurried story (``pace = 0``) often goes on within minutes."""
        pace = int(self.option("pace", 4))
        return self.player.rng.randint(min(1, pace), max(1, pace))

    def create(self) -> None:
        """Open the draft, bind the account holders behind the nominee."""
        story, player = self.story, self.player
        actor = player.actor(story.by)
        draft = Draft(
            round_code=story.round,
            form=story.form,
            proposing_unit_id=self._proposing_unit(actor),
            subject_kind=story.kind,
            subject_group=story.group,
            name="" if story.nominee else story.name,
            nominee_ref=self._known_nominee(),
            nominee_unit_id=self._nominee_unit(),
        )
        made = drafts.create(player.session, actor, player.clock, _origin(actor), draft)
        self.code, self.version = made.code, made.version
        nominee_id, first = player.session.execute(
            select(Nomination.nominee_id, Nomination.working).where(Nomination.code == self.code)
        ).one()
        self._bind(nominee_id)
        self._remember(nominee_id)
        self.working = content(story, player.rng)
        self.working["nominee"]["name"] = first["nominee"]["name"]
        if "figures" in first.get("criteria", {}):
            self.working["criteria"]["figures"] = first["criteria"]["figures"]

    def attach(self, kinds: Iterable[str]) -> None:
        """Attach a paper of each kind."""
        actor = self.player.actor(self.story.by)
        for kind in kinds:
            upload = Upload(
                kind,
                scan_name(kind, self.story),
                pdf((paper_label(kind), self.story.name, self.story.place, self.code)),
            )
            request = Request(self.code, "attach", self.version, {}, _origin(actor))
            player = self.player
            self._done("attach", files.attach(player.session, actor, player.clock, player.storage, request, upload))

    def attach_all(self) -> None:
        """Attach what the form asks for."""
        self.attach(paper_kinds(self.story, ruleset_on(self.player.clock.today())))

    def save(self, *sections: str, by: str | None = None) -> None:
        """Save sections of what the file says, by default all."""
        said = {name: deepcopy(self.working[name]) for name in sections or self.working}
        self.do(by or self.story.by, "save", content=said)

    def store(self, *lines: str) -> str:
        """Keep a paper that an act will name."""
        player = self.player
        return files.store(player.session, player.clock, player.storage, pdf((*lines, self.story.name, self.code)))

    def do(self, username: str, action: str, **payload: object) -> Applied:
        """One act, which must be accepted. Raises StoryError."""
        return self._done(f"{username} {action}", self._attempt(username, action, payload))

    def anyone(self, usernames: Iterable[str], action: str, **payload: object) -> str:
        """The act by the first of these people whom the rules let; their name. Raises StoryError."""
        refusals = []
        for username in usernames:
            outcome = self._attempt(username, action, payload)
            if isinstance(outcome, Applied):
                self._done(action, outcome)
                return username
            refusals.append(f"{username}: {outcome.refused.guard}")
        raise StoryError(f"{self.story.id} at {self.state}, {action}: {'; '.join(refusals) or 'nobody there'}")

    def at(self, unit: int | None, *duties: str) -> list[str]:
        """Who holds one of these duties at a unit today."""
        day = self.player.clock.today()
        return [name for duty in duties for name in self.player.staff.holders(unit or 0, duty, day)]

    def holders(self, *others: str) -> list[str]:
        """Who has the file: the holders of the duty its task is addressed to, then of ``others`` there."""
        if self.holder is None:
            return []
        duties = (self.holder.duty,) if self.holder.substitute else (self.holder.duty, *others)
        return self.at(self.holder.unit_id, *duties)

    def path(self) -> dict[str, int]:
        """Which unit each stage is."""
        found = self.player.session.scalar(select(Nomination.path).where(Nomination.code == self.code))
        return dict(found or {})

    def must_ask(self) -> list[Proposal]:
        """The opinions that the step must have and has not asked for."""
        session, today = self.player.session, self.player.clock.today()
        row = case_row(session, self.code, today, lock=False)
        if row is None:
            return []
        ready = prepare(session, row, "recommend", {}, today)
        found = proposals(session, ready.workflow, ready.case, today)
        return [one for one in found if one.terms.required and not one.asked]

    def waiting(self) -> list[tuple[int, int | None, str | None]]:
        """The requests that wait for a reply: number, and the unit asked with its code."""
        rows = self.player.session.execute(
            select(OpinionRequest.number, OpinionRequest.unit_id, Unit.code)
            .join(Nomination, Nomination.id == OpinionRequest.nomination_id)
            .outerjoin(Unit, Unit.id == OpinionRequest.unit_id)
            .where(Nomination.code == self.code, OpinionRequest.closed_at.is_(None))
            .order_by(OpinionRequest.number)
        )
        return [(row.number, row.unit_id, row.code) for row in rows]

    def declare(self, username: str, kind: str) -> None:
        """Somebody declares a conflict with the nominee; the open step may change hands."""
        player, actor = self.player, self.player.actor(username)
        note = "Có quan hệ họ hàng gần."
        conflicts.declare(player.session, actor, player.clock, _origin(actor), self.code, kind, note)
        task = player.session.execute(
            select(Task.unit_id, Task.duty, Task.substitute, Task.nobody_free)
            .join(Nomination, Nomination.id == Task.nomination_id)
            .where(Nomination.code == self.code, Task.kind == "step", Task.closed_at.is_(None))
        ).one_or_none()
        if task is not None:
            self.holder = Address(*task)

    def _attempt(self, username: str, action: str, payload: dict[str, object]) -> Outcome:
        actor = self.player.actor(username)
        request = Request(self.code, action, self.version, payload, _origin(actor))
        return act(self.player.session, actor, self.player.clock, request)

    def _done(self, what: str, outcome: Outcome) -> Applied:
        if not isinstance(outcome, Applied):
            raise StoryError(f"{self.story.id} at {self.state}, {what}: {outcome.refused}")
        self.version, self.state = outcome.version, outcome.state
        if outcome.address is not None:
            self.holder = outcome.address
        return outcome

    def _proposing_unit(self, actor: Actor) -> int:
        return next(post.unit for post in actor.posts if post.duty == "nominator")

    def _known_nominee(self) -> str | None:
        again = self.option("again")
        if again is None:
            return None
        code = self.player.codes[again]
        return self.player.session.scalar(select(Nominee.ref).join(Nomination).where(Nomination.code == code))

    def _nominee_unit(self) -> int | None:
        """The unit that is itself the nominee: the one where somebody holds a post today."""
        if self.story.nominee is None:
            return None
        return self._proposing_unit(self.player.actor(self.story.nominee))

    def _bind(self, nominee_id: int) -> None:
        for username, role in self.option("bind", {}).items():
            values = {"nominee_id": nominee_id, "person_id": self.player.people[username], "role": role}
            self.player.session.execute(insert(NomineePerson).values(values))

    def _remember(self, nominee_id: int) -> None:
        """What stands for or against the nominee already: awards of other movements, complaints, discipline."""
        for past in self.option("past", ()):
            self.player.session.execute(insert(PastAward).values(past | {"nominee_id": nominee_id, "source": INVENTED}))
        for kind, opened_on in self.option("marks", {}).items():
            mark = {
                "nominee_id": nominee_id,
                "kind": kind,
                "opened_on": opened_on,
                "document": "Đơn số 07",
            }
            self.player.session.execute(insert(NomineeMark).values(mark))


def _origin(actor: Actor) -> Origin:
    return Origin(actor=actor.ref, auth="password")
