"""The protocol document is written once: its numbers come from the constants that the server uses."""

from __future__ import annotations

import re
import typing

import pytest

from synthvr_server.codegen.document import TEMPLATE, protocol_document
from synthvr_server.codegen.messages import CLIENT_MODELS, COMMAND_MODELS, SERVER_MODELS

# What no constant says: zero and one, numbered lists, a standard, sizes of samples, and the hash as it is published.
PLAIN = {"0", "1", "2", "3", "4648", "8", "16", "64", "100000001"}


def test_every_number_in_the_template_comes_from_a_constant() -> None:
    prose = re.sub(r"```.*?```|\{\{\w+\}\}", "", TEMPLATE.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = {number.strip(".,") for number in re.findall(r"(?<!\w)\d[\d,.]*", prose)}
    assert found <= PLAIN


@pytest.mark.parametrize("model", [*CLIENT_MODELS, *SERVER_MODELS, *COMMAND_MODELS], ids=lambda model: model.__name__)
def test_the_table_of_a_message_begins_with_what_tells_it_from_the_others(model: typing.Any) -> None:
    tag = "do" if model in COMMAND_MODELS else "type"
    name = model.model_fields[tag].default
    table = protocol_document().partition(f"\n### {name}\n")[2].partition("| --- | --- | --- |\n")[2]
    assert table.startswith(f"| `{tag}` | `{name}` | ")
