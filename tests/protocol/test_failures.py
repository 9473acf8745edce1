"""The tables of failures are complete: no code is raised that they do not explain."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import synthvr_server
from synthvr_server.protocol.failures import NOTICES, REJECTIONS, CloseCode

PACKAGE = Path(synthvr_server.__file__).parent
SPELLED_OUT_BY_HAND = {"not_an_input", "not_an_output", "nothing_to_undo", "nothing_to_redo"}  # built from parts


def _calls(name: str) -> Iterator[ast.Call]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


def _texts(name: str, keyword: str | None = None) -> set[str]:
    found = set()
    for call in _calls(name):
        values = [each.value for each in call.keywords if each.arg == keyword] if keyword else call.args[:1]
        found |= {value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)}
    return found


def test_every_code_of_rejected_is_explained_and_none_is_explained_in_vain() -> None:
    raised = _texts("Rejected") | _texts("LibraryError") | _texts("RejectedRequest", "code") | SPELLED_OUT_BY_HAND
    assert raised <= REJECTIONS.keys()
    assert REJECTIONS.keys() <= raised


def test_every_code_of_a_notice_is_explained() -> None:
    assert _texts("Notice", "code") == NOTICES.keys()


def test_every_close_code_has_a_meaning() -> None:
    for code in CloseCode:
        assert code.meaning.endswith(".")
