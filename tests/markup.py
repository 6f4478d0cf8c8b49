"""What every page must be, whichever test fetched it: read as HTML5, found by its parts, checked for faults."""

from collections import Counter
from collections.abc import Iterator

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


def page_faults(text: str) -> list[str]:
    """Return what is wrong with a page, a sentence each; an empty list if nothing is."""
    document = JustHTML(text, sanitize=False, collect_errors=True)
    faults = [f"line {error.line}: {error.code}" for error in document.errors]
    for check in (_heading_faults, _reference_faults, _form_faults, _policy_faults, _name_faults):
        faults.extend(check(document))
    return faults


def _heading_faults(document: JustHTML) -> Iterator[str]:
    headings = len(find(document, "h1"))
    if headings != 1:
        yield f"{headings} elements h1"
    if not any(title.to_text().strip() for title in find(document, "head title")):
        yield "no title"
    if not find(document, "html[lang]"):
        yield "no language"


def _reference_faults(document: JustHTML) -> Iterator[str]:
    """Name the ids that stand twice, and what points to one that is nowhere."""
    ids = Counter(attribute(element, "id") for element in find(document, "[id]"))
    yield from (f"id {name!r} is used {count} times" for name, count in ids.items() if count > 1)
    for name in REFERENCES:
        for element in find(document, f"[{name}]"):
            for missing in sorted(set(attribute(element, name).split()) - set(ids)):
                yield f"{describe(element)}: {name} names {missing!r}, which is not there"


def _form_faults(document: JustHTML) -> Iterator[str]:
    for form in filter(is_post, find(document, "form")):
        if not any(attribute(token, "value") for token in find(form, 'input[name="csrf_token"]')):
            yield f"{describe(form)} has no token"
    for control in find(document, CONTROLS):
        if not _is_labelled(document, control):
            yield f"{describe(control)} has no label"


def _is_labelled(document: JustHTML, control: Element) -> bool:
    """Say whether a person who does not see the page is told what a control is for."""
    if control_type(control) in UNLABELLED_TYPES:
        return True
    if attribute(control, "aria-label") or attribute(control, "aria-labelledby"):
        return True
    labels = find(document, "label")
    name = attribute(control, "id")
    return any((name and attribute(label, "for") == name) or control in find(label, CONTROLS) for label in labels)


def _policy_faults(document: JustHTML) -> Iterator[str]:
    """Name what the content security policy would not let live."""
    for element in find(document, "script:not([src]), style, [style]"):
        if attribute(element, "type") not in ("application/json", "application/ld+json"):
            yield f"{describe(element)} is inline"
    for element in find(document, "*"):
        yield from (f"{describe(element)} has {name}" for name in element.attrs or {} if name.startswith("on"))


def _name_faults(document: JustHTML) -> Iterator[str]:
    for image in find(document, "img:not([alt])"):
        yield f"{describe(image)} has no alt"
    for element in find(document, "button, a[href]"):
        pictured = any(attribute(image, "alt") for image in find(element, "img"))
        if not (element.to_text().strip() or attribute(element, "aria-label") or pictured):
            yield f"{describe(element)} says nothing"


def describe(element: Element) -> str:
    """Name an element so that it is found in its template."""
    telling = ("id", "name", "action", "href", "src", "class")
    shown = [f'{name}="{attribute(element, name)}"' for name in telling if attribute(element, name)]
    return f"<{' '.join([element.name, *shown])}>"
