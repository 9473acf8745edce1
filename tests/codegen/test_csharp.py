"""The C# of the protocol says what the models say, in files a reader can take in."""

from __future__ import annotations

import re

import pytest

from synthvr_server.codegen import csharp, csharp_golden, golden
from synthvr_server.codegen.csharp_shapes import camel, pascal, type_name
from synthvr_server.codegen.messages import CHAPTERS
from synthvr_server.protocol.failures import REJECTIONS, CloseCode

FILES = csharp.csharp()
BY_NAME = {path.rsplit("/", 1)[1]: text for path, text in FILES.items()}
STRUCTS = [struct for structs in CHAPTERS.values() for struct in structs]


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.name)
def test_every_field_is_declared_described_read_and_written(struct) -> None:  # type: ignore[no-untyped-def]
    text = BY_NAME[f"{type_name(struct.name)}.cs"]
    assert f"writer.WriteMapHeader({len(struct.members)});" in text
    for member in struct.members:
        assert f'case "{member.name}":' in text
        assert f'writer.WriteText("{member.name}");' in text
        if member is not struct.tag:
            declared = re.search(rf"(.*)\n +public \S.* {pascal(member.name)} {{ get;", text)
            assert declared is not None, member.name
            assert "summary>" in declared[1]


def test_lines_and_files_stay_short() -> None:
    for path, text in (FILES | csharp_golden.csharp_golden(golden.golden_vectors())).items():
        assert max(map(len, text.splitlines())) <= 120, path
    assert max(len(text.splitlines()) for text in FILES.values()) < 300


def test_every_code_has_its_constant() -> None:
    for code in REJECTIONS:
        assert f'= "{code}";' in BY_NAME["RejectionCode.cs"]
    for close_code in CloseCode:
        assert f"{pascal(close_code.name)} = {int(close_code)}," in BY_NAME["CloseCode.cs"]


def test_names_are_those_of_the_wire_in_the_case_of_csharp() -> None:
    assert pascal("sample_time") == "SampleTime"
    assert pascal("PROTOCOL_VERSION") == "ProtocolVersion"
    assert pascal("$schema") == "Schema"
    assert camel("late_blocks") == "lateBlocks"
    assert camel("base") == "@base"
