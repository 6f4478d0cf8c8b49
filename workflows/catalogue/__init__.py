"""The award forms' flows as TOML: stages, steps, actions, forms, papers, deadlines, sentences.

Only data lives here, and the function that reads it; ``workflows.flows`` makes flows of it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

MARK = re.compile(r"\[(plan|S-\d+|memory|practice|inference)\](, \[(plan|S-\d+|memory|practice|inference)\])*\Z")


def is_mark(value: object) -> bool:
    """True for a source mark of the facts: ``[plan]``, ``[S-16]``, ``[memory]``, ``[practice]``, ``[inference]``."""
    return isinstance(value, str) and MARK.match(value) is not None


@cache
def document(name: str) -> dict[str, Any]:
    """The catalogue file ``<name>.toml`` as a dict. Callers must not change it."""
    return tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
