"""Generated files are as the models would have them, and the golden vectors mean what their names say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgpack
import pytest

from synthvr_server.codegen import csharp
from synthvr_server.codegen.examples import CLIENT_EXAMPLES, SERVER_EXAMPLES
from synthvr_server.codegen.golden import FOLDER
from synthvr_server.codegen.messages import CHAPTERS, CLIENT_MODELS, SERVER_MODELS
from synthvr_server.codegen.outputs import differences, generate, outputs
from synthvr_server.errors import ProtocolViolation
from synthvr_server.patch.commands import apply_batch
from synthvr_server.patch.files import patch_from_json
from synthvr_server.patch.fingerprint import fingerprint
from synthvr_server.protocol.codec import CODECS
from synthvr_server.protocol.limits import JSON, MSGPACK
from synthvr_server.protocol.server_messages import Batch, RejectedRequest

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / FOLDER
CLIENT_VECTORS = sorted((GOLDEN / "client").iterdir())


def read_frame(path: Path) -> bytes | str:
    return path.read_text(encoding="utf-8") if path.suffix == ".json" else path.read_bytes()


def test_the_committed_files_are_what_would_be_generated_now() -> None:
    assert differences(ROOT) == [], "run `make generate`"


def test_generating_twice_changes_nothing(tmp_path: Path) -> None:
    written = generate(tmp_path)
    assert [path for path in sorted(written) if not path.endswith(".meta")] == sorted(outputs())
    assert generate(tmp_path) == []


def test_a_vector_nobody_generates_any_more_is_removed(tmp_path: Path) -> None:
    generate(tmp_path)
    (tmp_path / FOLDER / "client" / "old.accepted.json").write_text("{}")
    assert generate(tmp_path) == [f"{FOLDER}/client/old.accepted.json"]


def test_a_csharp_type_nobody_generates_any_more_is_removed_with_its_meta(tmp_path: Path) -> None:
    generate(tmp_path)
    old = f"{csharp.FOLDER}/Server/Farewell.cs"
    for suffix in ("", ".meta"):
        (tmp_path / f"{old}{suffix}").write_text("guid: 0")
    assert generate(tmp_path) == [old, f"{old}.meta"]


def test_every_message_has_an_example() -> None:
    assert [type(example) for example in CLIENT_EXAMPLES] == CLIENT_MODELS
    assert [type(example) for example in SERVER_EXAMPLES] == SERVER_MODELS


def test_every_field_is_described() -> None:
    for structs in CHAPTERS.values():
        for struct in structs:
            assert struct.description, struct.name
            for member in struct.members:
                assert member.description or member is struct.tag, f"{struct.name}.{member.name}"


@pytest.mark.parametrize("path", CLIENT_VECTORS, ids=lambda path: path.name)
def test_a_client_vector_is_answered_as_its_name_says(path: Path) -> None:
    expected = path.name.split(".")[1]
    codec = CODECS[JSON if path.suffix == ".json" else MSGPACK]
    if code := re.fullmatch(r"closes-(\d+)", expected):
        with pytest.raises(ProtocolViolation) as violation:
            codec.decode(read_frame(path))
        assert violation.value.close_code == int(code[1])
    else:
        message = codec.decode(read_frame(path))
        assert isinstance(message, RejectedRequest) == (expected == "rejected")


@pytest.mark.parametrize("path", sorted((GOLDEN / "server").glob("*.json")), ids=lambda path: path.name)
def test_both_subprotocols_say_the_same(path: Path) -> None:
    packed = msgpack.unpackb(path.with_suffix(".msgpack").read_bytes())
    text = json.loads(path.read_text(encoding="utf-8"))
    samples = {"pcm", "samples"}
    assert {key: value for key, value in packed.items() if key not in samples} == {
        key: value for key, value in text.items() if key not in samples
    }


def steps(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((GOLDEN / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("step", steps("batches.json"), ids=lambda step: step["commands"][0]["do"])
def test_a_batch_leads_where_the_vector_says(step: dict[str, Any]) -> None:
    batch = Batch.model_validate(
        {"revision": 1, "client": "x", "cause": "edit", "commands": step["commands"], "fingerprint": ""}
    )
    after = apply_batch(patch_from_json(step["before"]), batch.commands)
    assert after == patch_from_json(step["after"])
    assert fingerprint(after) == step["fingerprint"]


@pytest.mark.parametrize("vector", steps("fingerprints.json"), ids=lambda vector: vector["name"])
def test_a_fingerprint_is_what_the_vector_says(vector: dict[str, Any]) -> None:
    assert fingerprint(patch_from_json(vector["patch"])) == vector["fingerprint"]


def test_the_document_mentions_every_message_and_leaves_no_blank() -> None:
    document = outputs()["docs/protocol.md"].decode()
    assert "{{" not in document
    for model in (*CLIENT_MODELS, *SERVER_MODELS):
        assert f"\n### {model.model_fields['type'].default}\n" in document
