"""What every page must be, whichever test fetched it: read as HTML5, found by its parts, checked for faults."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from justhtml import JustHTML
from justhtml.dom import Element

CONTROLS = "input, select, textarea"
UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}  # a button is named by its own text
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage", "for", "list")


def find(within: JustHTML | Element, selector: str) -> list[Element]:
    """Return the elements that a CSS selector finds, in the page's order."""
    return [node for node in within.query(selector) if isinstance(node, Element)]


def attribute(element: Element, name: str) -> str:
    """Return an attribute's value; empty if it has none."""
    return (element.attrs or {}).get(name) or ""


def control_type(control: Element) -> str:
    """Return `select`, `textarea`, or the type of an input."""
    return (attribute(control, "type") or "text").lower() if control.name == "input" else control.name


def is_post(form: Element) -> bool:
    """Say whether a form changes something."""
    return attribute(form, "method").lower() == "post"


@lru_cache(maxsize=4)
def read(text: str) -> JustHTML:
    """Return a page as read by the rules of HTML5, with what is wrong with it; nobody changes what is returned."""
    return JustHTML(text, sanitize=False, collect_errors=True)


def page_faults(text: str) -> list[str]:
    """Return what is wrong with a page, a sentence each; an empty list if nothing is."""
    document = read(text)
    faults = [f"line {error.line}: {error.code}" for error in document.errors]
    elements = find(document, "*")  # the checks pick from these: a search of the page for each would take seconds
    for check in (_heading_faults, _reference_faults, _form_faults, _policy_faults, _name_faults):
        faults.extend(check(elements))
    return faults


def _named(elements: Iterable[Element], *names: str) -> list[Element]:
    return [element for element in elements if element.name in names]


def _heading_faults(elements: Sequence[Element]) -> Iterator[str]:
    headings = len(_named(elements, "h1"))
    if headings != 1:
        yield f"{headings} elements h1"
    titles = [title for head in _named(elements, "head") for title in find(head, "title")]
    if not any(title.to_text().strip() for title in titles):
        yield "no title"
    if not any("lang" in (page.attrs or {}) for page in _named(elements, "html")):
        yield "no language"


def _reference_faults(elements: Sequence[Element]) -> Iterator[str]:
    """Name the ids that stand twice, and what points to one that is nowhere."""
    ids = Counter(attribute(element, "id") for element in elements if "id" in (element.attrs or {}))
    yield from (f"id {name!r} is used {count} times" for name, count in ids.items() if count > 1)
    for element in elements:
        for name in REFERENCES:
            for missing in sorted(set(attribute(element, name).split()) - set(ids)):
                yield f"{describe(element)}: {name} names {missing!r}, which is not there"


def _form_faults(elements: Sequence[Element]) -> Iterator[str]:
    for form in filter(is_post, _named(elements, "form")):
        if not any(attribute(token, "value") for token in find(form, 'input[name="csrf_token"]')):
            yield f"{describe(form)} has no token"
    labels = _named(elements, "label")
    named = {attribute(label, "for") for label in labels} - {""}
    within = {id(control) for label in labels for control in find(label, CONTROLS)}
    for control in _named(elements, *CONTROLS.split(", ")):
        if not (_is_named(control) or attribute(control, "id") in named or id(control) in within):
            yield f"{describe(control)} has no label"


def _is_named(control: Element) -> bool:
    """Say whether a control needs no label: it is not seen, or says itself what it is for."""
    itself = attribute(control, "aria-label") or attribute(control, "aria-labelledby")
    return control_type(control) in UNLABELLED_TYPES or bool(itself)


def _policy_faults(elements: Sequence[Element]) -> Iterator[str]:
    """Name what the content security policy would not let live."""
    for element in elements:
        attributes = element.attrs or {}
        inline = (
            element.name == "style" or "style" in attributes or (element.name == "script" and "src" not in attributes)
        )
        if inline and attribute(element, "type") not in ("application/json", "application/ld+json"):
            yield f"{describe(element)} is inline"
        yield from (f"{describe(element)} has {name}" for name in attributes if name.startswith("on"))


def _name_faults(elements: Sequence[Element]) -> Iterator[str]:
    for image in _named(elements, "img"):
        if "alt" not in (image.attrs or {}):
            yield f"{describe(image)} has no alt"
    for element in _named(elements, "button", "a"):
        if element.name == "a" and "href" not in (element.attrs or {}):
            continue
        if element.to_text().strip() or attribute(element, "aria-label"):
            continue
        if not any(attribute(image, "alt") for image in find(element, "img")):
            yield f"{describe(element)} says nothing"


def describe(element: Element) -> str:
    """Name an element so that it is found in its template."""
    telling = ("id", "name", "action", "href", "src", "class")
    shown = [f'{name}="{attribute(element, name)}"' for name in telling if attribute(element, name)]
    return f"<{' '.join([element.name, *shown])}>"
