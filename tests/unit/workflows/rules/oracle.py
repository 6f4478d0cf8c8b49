"""Who may do what in which state and where it leads, written by hand from the process and read by nothing but tests.

Nothing here asks the rules: the routes are those of the process's section 2, the rows those of its section 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

LONG = ("intake", "appraisal", "council", "signature", "number")
STEPS: Mapping[str, tuple[str, ...]] = {
    "unit": ("check", "council", "signature", "number"),
    "commune": LONG,
    "district": LONG,
    "board": LONG,
    "chairman": ("check", "signature", "number"),
    "central": ("pending",),
}

_DEPARTMENT: Mapping[str, str] = {"unit": "awarded"}
_PROVINCE_3 = {"unit": "board", "commune": "district", "district": "board", "board": "chairman"}
_PROVINCE_2 = {"unit": "board", "commune": "board", "board": "chairman"}

# Where a stage's last step leads, by form and tiers of government.
ROUTES: Mapping[tuple[str, int], Mapping[str, str]] = {
    ("GK-XA", 3): {"commune": "awarded"},
    ("GK-XA", 2): {"commune": "awarded"},
    ("GK-HUYEN", 3): {"commune": "district", "district": "awarded"},
    ("GK-SO", 3): _DEPARTMENT,
    ("GK-SO", 2): _DEPARTMENT,
    ("GK-DN", 3): _DEPARTMENT,
    ("GK-DN", 2): _DEPARTMENT,
    ("BK-TINH", 3): _PROVINCE_3 | {"chairman": "awarded"},
    ("BK-TINH", 2): _PROVINCE_2 | {"chairman": "awarded"},
    ("BK-TTG", 3): _PROVINCE_3 | {"chairman": "central", "central": "awarded"},
    ("BK-TTG", 2): _PROVINCE_2 | {"chairman": "central", "central": "awarded"},
}
ENTRIES = ("unit", "commune", "district")

# The rule sets and tiers each form exists under: 22 flows.
RULES: Mapping[str, tuple[tuple[str, int], ...]] = dict.fromkeys(
    ("GK-XA", "GK-SO", "GK-DN", "BK-TINH", "BK-TTG"), (("R1", 3), ("R2", 3), ("R2", 2), ("R3", 2))
) | {"GK-HUYEN": (("R1", 3), ("R2", 3))}

# "issue" is the number of an award, "signed" that step with its hold: later rows take the place of earlier ones.
# place, action (with the outcome it records), who may, where it leads. A place is the kind of the step; "any" is every
# open step, "live" also those that are returned or held, "review" every one before the paper is signed, "entry" the
# first step of the file's first stage.
# "central" is the award of the centre, "issuer" the unit that decided, "sender" the one that sent the centre the file,
# "recorder" whoever may record a paper that was signed there.
# "-" takes a place out of a group.
# leads: . stays, > goes on, back to the specialist of the stage, !guard refuses, the rest as it is called.
TABLE = """
draft      save                                nominator@proposer                                   .
draft      submit                              nominator@proposer                                   entry
draft      withdraw                            nominator@proposer                                   withdrawn
entry      recall                              nominator@proposer                                   draft
intake     accept                              holder@here                                          >
check      check                               holder@here                                          >
appraisal  recommend                           holder@here                                          >
intake     begin_posting                       holder@here,appraiser@here,office@here               .
appraisal  begin_posting                       holder@here,appraiser@here,office@here               .
intake     end_posting                         holder@here,appraiser@here,office@here               .
appraisal  end_posting                         holder@here,appraiser@here,office@here               .
check      ask_opinion                         holder@here,appraiser@here,office@here               .
appraisal  ask_opinion                         holder@here,appraiser@here,office@here               .
council    ask_opinion                         holder@here,appraiser@here,office@here               .
live       reply_opinion                       asked_body@asked                                     .
live       record_reply                        appraiser@here,office@here,secretary@here,clerk@here .
live       remind_opinion                      appraiser@here,office@here,secretary@here,clerk@here .
live       withdraw_request                    appraiser@here,office@here,secretary@here,clerk@here .
council    ballot                              seat@council                                         .
council    record_counts                       holder@here,office@here,clerk@here                   .
council    confirm_counts                      holder@here,office@here,clerk@here,seat@council      .
council    close_ballot                        holder@here                                          >
voted      reopen_ballot                       secretary@here                                       council
letter     send_up                             holder@here                                          >
letter     not_send_up                         holder@here                                          not_awarded
letter     record_signature:send_up            office@here,clerk@here                               >
letter     record_signature:not_send_up        office@here,clerk@here                               not_awarded
award      award                               holder@here                                          >
award      not_award                           holder@here                                          not_awarded
award      record_signature:award              office@here,clerk@here                               >
award      record_signature:not_award          office@here,clerk@here                               not_awarded
number     number                              holder@here                                          >
pending    record_central_result:awarded       holder@here                                          awarded
pending    record_central_result:not_awarded   holder@here                                          not_awarded
review     return                              holder@here,head@here,deputy@here                    returned
pending    return                              holder@here,head@here,deputy@here                    returned
pending    reconfirm                           head@attester,deputy@attester,appraiser@attester     .
unsigned   approve_return                      head@here,deputy@here                                .
council    send_back                           holder@here                                          back
letter     send_back                           holder@here                                          back
award      send_back                           holder@here                                          back
review     reconfirm                           head@attester,deputy@attester,appraiser@attester     .
any        propose_hold                        appraiser@here,office@here                           .
any        hold                                head@here,deputy@here                                held
any        decline_hold                        head@here,deputy@here                                .
any        withdraw                            head@letter,deputy@letter                            withdrawn
held       resume                              head@here,deputy@here                                step
held       withdraw                            head@letter,deputy@letter                            withdrawn
signed     withdraw                            head@letter,deputy@letter                            !already_signed
returned   save                                holder@return                                        .
returned   pass_down                           holder@return                                        .
returned   resubmit                            holder@return                                        step
returned   withdraw                            head@letter,deputy@letter                            withdrawn
review     other_form                          holder@here,head@here,deputy@here                    replaced
any        propose_anew                        head@letter,deputy@letter                            !still_competent
any        end_without_competence              head@letter,deputy@letter                            !still_competent
parked     propose_anew                        head@letter,deputy@letter                            !still_competent
parked     end_without_competence              head@letter,deputy@letter                            !still_competent
waits      propose_anew                        -                                                    -
waits      end_without_competence              -                                                    -
issue      propose_correction                  appraiser@issuer,office@issuer,secretary@issuer,clerk@issuer  .
issue      approve_correction                  head@issuer,deputy@issuer,recorder@issuer            .
issue      decline_correction                  head@issuer,deputy@issuer                            .
awarded    annul                               head@issuer,deputy@issuer,recorder@issuer            annulled
awarded    reissue                             head@issuer,deputy@issuer,recorder@issuer            .
awarded    propose_annulment                   head@sender,deputy@sender,office@sender,clerk@sender !decided_here
awarded    record_central_annulment            recorder@issuer                                      !decided_here
central    annul                               head@issuer,deputy@issuer,recorder@issuer            !centre_decides
central    reissue                             head@issuer,deputy@issuer,recorder@issuer            !centre_decides
central    propose_annulment                   head@sender,deputy@sender,office@sender,clerk@sender .
central    record_central_annulment            recorder@issuer                                      annulled
after      propose_correction                  appraiser@issuer,office@issuer,secretary@issuer,clerk@issuer  .
after      approve_correction                  head@issuer,deputy@issuer,recorder@issuer            .
after      decline_correction                  head@issuer,deputy@issuer                            .
numbered   number_act                          recorder@issuer,head@sender,deputy@sender,office@sender,clerk@sender  .
"""
HOLDERS: Mapping[str, tuple[str, ...]] = {
    "intake": ("appraiser",),
    "check": ("appraiser",),
    "chairman.check": ("office",),
    "appraisal": ("appraiser",),
    "council": ("secretary",),
    "signature": ("head", "deputy"),
    "number": ("clerk",),
    "pending": ("clerk",),
}
GROUPS: Mapping[str, tuple[str, ...]] = {
    "any": ("intake", "check", "appraisal", "council", "letter", "award", "number", "issue", "pending"),
    "live": (
        "intake",
        "check",
        "appraisal",
        "council",
        "letter",
        "award",
        "number",
        "issue",
        "pending",
        "held",
        "issue.held",
        "returned",
    ),
    "number": ("number", "issue"),
    "held": ("held", "issue.held"),
    "signed": ("issue", "issue.held"),
    "review": ("intake", "check", "appraisal", "council", "letter", "award"),
    "after": ("awarded", "central"),
    "parked": ("returned", "held", "issue.held"),
    "waits": ("pending",),
    "numbered": ("awarded", "central", "annulled", "central.annulled"),
    "unsigned": ("intake", "check", "appraisal", "council"),
}


class Row(NamedTuple):
    """One row of the table: who may, as duty@place, and where it leads."""

    who: frozenset[str]
    leads: str


def _rows() -> Iterator[tuple[tuple[str, str], Row]]:
    for line in TABLE.strip().splitlines():
        place, action, who, leads = line.split()
        for one in GROUPS.get(place, (place,)):
            yield (one, action), Row(frozenset(who.split(",")), leads)


ROWS: Mapping[tuple[str, str], Row] = {key: row for key, row in dict(_rows()).items() if row.leads != "-"}
QUESTIONS = tuple(dict.fromkeys(action for _, action in ROWS))  # every action, once for each outcome it records


class Place(NamedTuple):
    """What a state is, read from its name alone."""

    stage: str
    step: str
    parked: str
    kind: str

    @property
    def holders(self) -> tuple[str, ...]:
        """The duties that may hold the open step."""
        return HOLDERS.get(f"{self.stage}.{self.step}", HOLDERS.get(self.step, ()))


def place_of(route: Mapping[str, str], state: str) -> Place:
    """The place of a state on a route."""
    stage, step, parked = (*state.split("."), "", "")[:3]
    kind = parked or step or stage
    if kind == "signature":
        kind = "award" if route[stage] == "awarded" else "letter"
    if kind in {"awarded", "annulled"} and "central" in route:
        kind = {"awarded": "central", "annulled": "central.annulled"}[kind]
    if step == "number" and route[stage] == "awarded":
        kind = f"issue.{parked}" if parked else "issue"
    return Place(stage, step, parked, kind)


def row_of(place: Place, action: str, entry: str) -> Row | None:
    """The row of an action in a place; None where it does not belong."""
    row = ROWS.get((place.kind, action))
    if row is None and place.stage == entry and place.step == STEPS[entry][0] and not place.parked:
        row = ROWS.get(("entry", action))
    if row is None and place.kind in {"letter", "award"} and "council" in STEPS[place.stage]:
        row = ROWS.get(("voted", action))
    return row


def leads_to(route: Mapping[str, str], state: str, place: Place, leads: str, entry: str) -> str:
    """The state an accepted action leads to."""
    if leads == ">":
        return _onward(route, place)
    named = {
        ".": state,
        "entry": f"{entry}.{STEPS[entry][0]}",
        "step": f"{place.stage}.{place.step}",
        "council": f"{place.stage}.council",
        "returned": f"{state}.returned",
        "held": f"{state}.held",
        "back": f"{place.stage}.{'appraisal' if 'appraisal' in STEPS.get(place.stage, ()) else 'check'}",
    }
    return named.get(leads, leads)


def path_from(route: Mapping[str, str], entry: str) -> tuple[str, ...]:
    """The stages a file entering at ``entry`` goes through."""
    stages = [entry]
    while route[stages[-1]] != "awarded":
        stages.append(route[stages[-1]])
    return tuple(stages)


def states_on(route: Mapping[str, str], entry: str) -> Iterator[str]:
    """Every state a file entering at ``entry`` can be in; what waits for its number cannot be returned."""
    yield "draft"
    for stage in path_from(route, entry):
        for step in STEPS[stage]:
            yield f"{stage}.{step}"
            yield f"{stage}.{step}.held"
            if step != "number":
                yield f"{stage}.{step}.returned"
    yield from ("awarded", "not_awarded", "withdrawn", "annulled", "replaced")


def _onward(route: Mapping[str, str], place: Place) -> str:
    steps = STEPS[place.stage]
    position = steps.index(place.step) + 1
    if position < len(steps):
        return f"{place.stage}.{steps[position]}"
    above = route[place.stage]
    return above if above == "awarded" else f"{above}.{STEPS[above][0]}"
