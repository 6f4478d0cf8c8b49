"""What no form would send and somebody will: texts that break writers, numbers that are none, wrong types."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

TEXTS = (
    "\x00", "a\x00b", "\ud800", "\udfff tail", "\ufffe", "\uffff", "\u202eexe.fdp", "\ufeff", "\u200b", "\x07\x1b[2J",
    "' OR 1=1; --", "{{ 7*7 }}", "{% raise %}", "%s %n {0} {reason}", "<script>alert(1)</script>", "=cmd|'/c calc'!A1",
    "a" * 200_000, "ố" * 20_001, "é" * 201, "\u0065\u0301" * 150, "𐍈" * 300, "\n\n\r\n", "   ", "\u00a0\u2003",
    "../../etc/passwd", "0012", "１２", "٣", "-0", "1e5", "NaN", "null", "1/1/1", "31/02/2024", "2024-13-01",
    "0001-01-01", "9999-12-31", "29/02/2023",
)  # fmt: skip
ODDITIES: tuple[Any, ...] = (
    *TEXTS, 0, -1, 1.5, 2.0, 1e308, float("inf"), float("-inf"), 10**30, -(10**30), True, False, None, b"bytes", [],
    {}, [[]], [None], [{}], {"": {}}, {"\x00": "\x00"}, {"met": True}, ["nominee", ["nominee"]], ["nominee", {}],
    [1, 2], {"1.5.1": None}, {"1.5.1": {"met": "yes"}}, {"1.5.1": {"met": True, "note": "\x00"}},
    {"a": {"met": True, "note": 5}},
    {"é": {"met": True}, "e\u0301": {"met": False}}, [{"code": "other", "note": "\ud800", "section": "report"}],
    [{"code": "x", "note": "y", "section": "report"}], [{"code": [], "note": {}, "section": []}], [{"code": "other"}],
    [{"code": "other", "note": "z", "section": "report"}] * 300, {str(n): {"met": True} for n in range(300)}, (), (1,),
)  # fmt: skip

ODD = st.sampled_from(ODDITIES) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
