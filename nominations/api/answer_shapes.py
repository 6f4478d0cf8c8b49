"""How answers are described in the API's document: things, lists of things, pages of lists."""

from __future__ import annotations

from typing import Any

from nominations.services.log import Receipt

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FREE: Schema = {"type": "object", "additionalProperties": True}
COUNT: Schema = {"type": "integer"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TRUTH: Schema = {"type": "boolean"}


def thing(**properties: Any) -> Schema:  # noqa: ANN401 - schemas and classes
    """An object of these properties; a class stands for its schema."""
    return {"type": "object", "properties": properties}


def items(kind: Any, **more: Any) -> Schema:  # noqa: ANN401
    """A list of things under ``items``."""
    return thing(items={"type": "array", "items": kind}, **more)


def page(kind: Any) -> Schema:  # noqa: ANN401
    """A page of a list."""
    maybe = {"type": ["string", "null"]}
    return items(kind, next=maybe, next_cursor=TEXT, total=COUNT, total_is_capped=TRUTH)


RECEIPT: Schema = {"allOf": [Receipt, thing(code=TEXT)]}
BULK_LINE = thing(
    code=TEXT, ok=TRUTH, state=TEXT, version=COUNT, receipt=RECEIPT, guard=TEXT, sentence=TEXT, clears=TEXT,
    errors={"type": "array", "items": thing(field=TEXT, message=TEXT)},
)  # fmt: skip
