"""Messages changed at random, at a room: everybody else goes on, and the patch is what they were told of it."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import msgpack

from synthvr_server.codegen.examples import CLIENT_EXAMPLES, COMMANDS
from synthvr_server.errors import ProtocolViolation
from synthvr_server.patch.commands import apply_batch
from synthvr_server.patch.fingerprint import fingerprint
from synthvr_server.patch.model import Patch
from synthvr_server.protocol.client_messages import Hello, Ping
from synthvr_server.protocol.codec import JsonCodec, MsgpackCodec
from synthvr_server.protocol.server_messages import Batch, Pong
from tests.server.fakes import Stage

COUNT = 20_000
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 1.5, 2**31, 2**63, -(2**63), 1e300, float("nan"), float("inf"), "", "\0", "a", "b",
    "amp", "keys", "level", "mode", "in", "out", "x" * 300, "é\u2028\U0001f39b", b"", b"\xff", [], {}, [1],
    {"type": "hello"},
]  # fmt: skip
NAMES = ["a", "b", "c", "k", "level", "mode", "in", "out", "amp", "keys", "dice"]


def mutated(dice: random.Random, value: Any, depth: int = 0) -> Any:
    """The value with something in it changed, left out or put in."""
    if depth > 6 or dice.random() < 0.06:
        return dice.choice(ODD)
    if isinstance(value, dict):
        changed = {key: mutated(dice, each, depth + 1) if dice.random() < 0.4 else each for key, each in value.items()}
        if changed and dice.random() < 0.04:
            del changed[dice.choice(list(changed))]
        if dice.random() < 0.03:
            changed[dice.choice(NAMES)] = dice.choice(ODD)
        return changed
    if isinstance(value, list | tuple):
        items = [mutated(dice, each, depth + 1) if dice.random() < 0.4 else each for each in value]
        return items * 2 if dice.random() < 0.05 else items
    if isinstance(value, str):
        return dice.choice([value, *NAMES, *ODD]) if dice.random() < 0.3 else dice.choice(NAMES)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return dice.choice([value, 0, 1, 2.0, value + 1, -value, 1.5, 9.0])
    return value


def a_message(dice: random.Random, examples: list[dict[str, Any]], commands: list[dict[str, Any]]) -> bytes:
    message = copy.deepcopy(dice.choice(examples))
    if message["type"] == "edit" or dice.random() < 0.4:
        drawn = [mutated(dice, dice.choice(commands)) for _ in range(dice.randint(1, 4))]
        message = {"type": "edit", "id": 1, "commands": drawn}
    else:
        kind = message["type"]
        message = mutated(dice, message)
        if isinstance(message, dict) and dice.random() < 0.8:
            message["type"] = kind
    packed: bytes = msgpack.packb(message)
    if dice.random() < 0.05:
        packed = bytearray(packed)
        packed[dice.randrange(len(packed))] = dice.randrange(256)
        packed = bytes(packed)
    return packed


def test_a_room_survives_messages_changed_at_random(tmp_path: Path) -> None:
    dice = random.Random(11)
    codec = MsgpackCodec()
    examples = [
        each.model_dump(mode="python", by_alias=True) for each in CLIENT_EXAMPLES if not isinstance(each, Hello)
    ]
    commands = [each.model_dump(mode="python", by_alias=True) for each in COMMANDS]
    stage = Stage(tmp_path)
    watcher, patch = stage.enter("Watcher"), stage.document.patch
    strangers = [stage.enter("Ada"), stage.enter("Ben")]
    watcher.hear()
    accepted = rejected = violations = 0
    for number in range(COUNT):
        stranger = dice.choice(strangers)
        try:
            message = codec.decode(a_message(dice, examples, commands))
        except ProtocolViolation:
            violations += 1
            continue
        if not isinstance(message, Hello):
            stranger.say(message)
        if number % 20 == 0:
            stage.reactor.pass_time(0.1)
            stage.reactor.finish_work()
        if number % 200 == 0:
            strangers.remove(stranger)
            stranger.go()
            strangers.append(stage.enter("Next"))
        for heard in stranger.hear():
            JsonCodec().encode(heard)  # as msgpack it has been encoded on the way
            rejected += heard.type == "rejected"
        for batch in watcher.hear_only(Batch):
            accepted += 1
            patch = checked(patch, batch)
    assert patch == stage.document.patch
    watcher.say(Ping(time=1.0))
    assert watcher.hear_one(Pong).time == 1.0
    for stranger in strangers:
        stranger.go()
    assert min(accepted, rejected, violations) > COUNT // 200, "it has tried all three"


def checked(patch: Patch, batch: Batch) -> Patch:
    """What the batch leads to, for a client that knows only what it was told."""
    after = apply_batch(patch, batch.commands)
    assert fingerprint(after) == batch.fingerprint
    return after
