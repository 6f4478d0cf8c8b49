"""A test client that checks every page it fetches and fills forms in as a person would."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from flask.testing import FlaskClient
from justhtml import JustHTML
from justhtml.dom import Element
from werkzeug.test import TestResponse

from tests.markup import CONTROLS, attribute, control_type, find, is_post, page_faults, read

NOT_SENT = ("submit", "button", "reset", "image", "file")  # the pressed button is added by itself
Values = dict[str, list[str]]


class PageClient(FlaskClient):
    """Flask's test client, for which a broken page is a failed test."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch, and fail if an HTML page came back that breaks a rule of the house."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not response.location:
            faults = page_faults(response.text)
            assert not faults, f"{response.request.path}: " + "; ".join(faults)
        return response

    def page(self, address: str, status: int = 200) -> "Page":
        """Fetch a page that must answer with that status."""
        response = self.get(address)
        assert response.status_code == status, f"{address} answered {response.status}"
        return Page(response.request.path, response.text)

    def submit(self, address: str, button: str | None = None, **typed: Any) -> TestResponse:
        """Open a page, type into its form, press its button; return what the POST was answered.

        A field or a button that the page does not show cannot be used: a person could not use it either.
        Files are given as (stream, name), several values of one field as a list.
        """
        form = self.page(address).form(button)
        unknown = set(typed) - form.names
        assert not unknown, f"{address} has no field {sorted(unknown)}; it has {sorted(form.names)}"
        return self.post(form.action, data=form.values | typed)


@dataclass(frozen=True, slots=True)
class Form:
    """A form as the page showed it: where it goes, what stands in it, which fields it has."""

    action: str
    values: Values
    names: frozenset[str]

    @classmethod
    def read(cls, form: Element, button: Element | None, path: str) -> Self:
        """Read a form of the page at `path` as it would be sent by that button."""
        values: Values = {}
        for name, value in sent_untouched(form):
            values.setdefault(name, []).append(value)
        action = attribute(form, "action")
        if button is not None:
            action = attribute(button, "formaction") or action
            if attribute(button, "name"):
                values[attribute(button, "name")] = [attribute(button, "value")]
        names = frozenset(attribute(control, "name") for control in find(form, CONTROLS))
        return cls(action or path, values, names)


@dataclass(slots=True)
class Page:
    """A fetched page."""

    path: str
    text: str
    document: JustHTML = field(init=False)

    def __post_init__(self) -> None:
        """Read the page."""
        self.document = read(self.text)

    def texts(self, selector: str) -> list[str]:
        """Return the text of every element that the CSS selector finds, in the page's order."""
        return [element.to_text().strip() for element in find(self.document, selector)]

    def form(self, button: str | None = None) -> Form:
        """Return the form with a button of that text, or without one the page's only POST form."""
        forms = [form for form in find(self.document, "form") if is_post(form)]
        if button is None:
            assert len(forms) == 1, f"{self.path} has {len(forms)} forms; name the button to press"
            return Form.read(forms[0], None, self.path)
        buttons = [(form, found) for form in forms for found in find(form, "button")]
        wanted = [(form, found) for form, found in buttons if found.to_text().strip() == button]
        offered = [found.to_text().strip() for _, found in buttons]
        assert len(wanted) == 1, f"{self.path} has {len(wanted)} buttons {button!r}; it has {offered}"
        return Form.read(*wanted[0], self.path)


def sent_untouched(form: Element) -> Iterator[tuple[str, str]]:
    """Yield name and value of every control that a browser would send without anybody touching it."""
    for control in find(form, CONTROLS):
        name, kind, attributes = attribute(control, "name"), control_type(control), control.attrs or {}
        if not name or "disabled" in attributes or kind in NOT_SENT:
            continue
        if kind == "select":
            yield from ((name, attribute(option, "value")) for option in chosen_options(control))
        elif kind == "textarea":
            yield name, control.to_text(strip=False)
        elif kind not in ("checkbox", "radio"):
            yield name, attribute(control, "value")
        elif "checked" in attributes:
            yield name, attribute(control, "value") or "on"


def chosen_options(select: Element) -> list[Element]:
    """Return the chosen options of a list; a drop-down that nobody touched stands on its first."""
    options = find(select, "option")
    chosen = [option for option in options if "selected" in (option.attrs or {})]
    return chosen or ([] if "multiple" in (select.attrs or {}) else options[:1])
