"""What stands around every page: the ways through the service for this person, and the tools of the header.

Each audience says where it may be entered (its `PLACES`); who sees an entry is told by duties, as with the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from flask_babel import get_locale

from nominations.clock import DemoClock
from nominations.extensions import current_clock, current_settings
from nominations.queries.actors import Viewer
from nominations.web import sessions

THEME_COOKIE = "theme"
THEMES = ("light", "dark", "auto")
MEMBER = "member"  # stands for a seat in a council; an entry for it is for seats with a vote
FORMER = "former"  # stands for a duty held to the last day of a unit that has ended: what came there is still read
TOOLS = {  # of the header: key in the layout, endpoint
    "search": "nominators.files",
    "help": "public.help",
    "notifications": "notices.notices",
    "profile": "auth.profile",
    "theme": "preferences.theme",
    "locale": "preferences.locale",
    "sign_in": "auth.sign_in",
    "sign_out": "auth.sign_out",
}
SEARCHERS = ("nominator", "appraiser", "secretary", "head", "deputy", "office", "clerk", "supervisor", "auditor")
FOR_ALL = ("home", "help", "theme", "locale", "sign_in")  # the tools of somebody who has not signed in


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation. `duties` empty: for whoever has signed in; `member` stands for a council seat.

    `unless` leaves it out for holders of other duties, who have it elsewhere; `only` for those it says no to. `heading`
    opens a group of its own before the entry, once for entries that follow each other under one heading. `note` says on
    the first page what is done there.
    """

    label: str
    endpoint: str
    icon: str
    duties: tuple[str, ...] = ()
    heading: str | None = None
    shortcut: str | None = None
    unless: tuple[str, ...] = ()
    only: Callable[[Viewer], bool] | None = None
    note: str | None = None


def entries() -> list[dict[str, Any]]:
    """Return this person's navigation as the layouts take it; empty for nobody."""
    viewer = sessions.person()
    if viewer is None:
        return []
    places: tuple[Place, ...] = current_app.extensions["places"]
    listed: list[dict[str, Any]] = []
    last: str | None = None
    for place in places:
        if not _is_for(place, viewer):
            continue
        heading = None if place.heading is None else str(place.heading)
        if heading is not None and heading != last:
            listed.append({"heading": heading})
        last = heading
        listed.append(_entry(place))
    return listed


def shell() -> dict[str, Any]:
    """Return what the layouts show around a page; without a person only what everybody has."""
    clock = current_clock()
    around: dict[str, Any] = {
        "locale": str(get_locale() or "vi"),
        "theme": theme(),
        "path": _here(),
        "links": _links(),
        "query": request.args.get("q", "")[:200] if request.endpoint == TOOLS["search"] else "",
        "demo_day": clock.today() if isinstance(clock, DemoClock) else None,
    }
    viewer = sessions.person()
    if viewer is not None:
        around["user"] = _person(viewer)
    return around


def _here() -> str:
    """Return the address of this page for the way back to it; one that cannot be written leads home."""
    path = request.full_path.removesuffix("?")
    return path if path.isprintable() else "/"


def theme() -> str:
    """Return the theme chosen on this machine."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "auto"


def _is_for(place: Place, viewer: Viewer) -> bool:
    if not place.duties:
        return True
    if place.unless and viewer.has(*place.unless):
        return False
    member = MEMBER in place.duties and any(seat.votes for seat in viewer.actor.seats)
    former = FORMER in place.duties and bool(viewer.former)
    return (member or former or viewer.has(*place.duties)) and (place.only is None or place.only(viewer))


def _entry(place: Place) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "label": str(place.label),
        "url": url_for(place.endpoint),
        "icon": place.icon,
        "current": request.endpoint == place.endpoint,
        "note": None if place.note is None else str(place.note),
    }
    return entry | ({"shortcut": place.shortcut} if place.shortcut else {})


def _links() -> dict[str, str]:
    """Return the tools of the header that this person has."""
    known = current_app.view_functions
    links = {"home": "/"} | {key: url_for(endpoint) for key, endpoint in TOOLS.items() if endpoint in known}
    viewer = sessions.person()
    if viewer is None:
        here = {"sign_in"} if request.endpoint == TOOLS["sign_in"] else set()
        return {key: links[key] for key in FOR_ALL if key in links and key not in here}
    if not viewer.has(*SEARCHERS) and not viewer.actor.seats:
        links.pop("search", None)
    if sessions.is_demo() and not current_settings().production:
        links["demo_clock"] = url_for("demo.move")
    return links


def _person(viewer: Viewer) -> dict[str, str]:
    """Return the name and the first post, or a member's council; the others stand on the person's own page."""
    if not viewer.posts:
        return {"name": viewer.full_name} | ({"unit": viewer.councils[0]} if viewer.councils else {})
    first = viewer.posts[0]
    return {"name": viewer.full_name, "post": first.title, "unit": first.unit_name}
