"""A client in Python that edits at random, applies every batch to a patch of its own, and checks each fingerprint."""

from __future__ import annotations

import asyncio
import itertools
import random
from typing import Any

from pydantic import TypeAdapter

from synthvr_server.patch.commands import Command, apply_batch
from synthvr_server.patch.fingerprint import fingerprint
from synthvr_server.patch.model import Patch
from tests.end_to_end.running_server import Client

EDITS_PER_SECOND = 25
TYPES = ("vco", "ladder", "vca", "lfo", "mixer")
COMMANDS: TypeAdapter[tuple[Command, ...]] = TypeAdapter(tuple[Command, ...])


class Editor:
    """Keeps the patch up to date, and edits it."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._random = random.Random(2)
        self._ids = itertools.count(1)
        self.revision: int = client.welcome["revision"]
        self.patch = Patch.model_validate(client.welcome["patch"])
        self.answers = {"ack": 0, "rejected": 0}

    async def edit(self, seconds: float) -> None:
        """Edit for so long, and wait for every answer."""
        loop = asyncio.get_running_loop()
        reading = asyncio.create_task(self._read_answers())
        end = loop.time() + seconds
        asked = 0
        while loop.time() < end:
            await self._client.send("edit", id=next(self._ids), commands=[self._command()])
            asked += 1
            await asyncio.sleep(1 / EDITS_PER_SECOND)
        while sum(self.answers.values()) < asked:
            await asyncio.sleep(0)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

    async def read_to(self, revision: int) -> None:
        """Take batches up to a revision."""
        while self.revision < revision:
            self._take(await self._client.receive())

    async def _read_answers(self) -> None:
        while True:
            self._take(await self._client.receive())

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "batch":
            assert message["revision"] == self.revision + 1
            self.patch = apply_batch(self.patch, COMMANDS.validate_python(message["commands"]))
            self.revision = message["revision"]
            assert fingerprint(self.patch) == message["fingerprint"]
        elif message["type"] in self.answers:
            self.answers[message["type"]] += 1

    def _command(self) -> dict[str, Any]:
        modules, cables = list(self.patch.modules), list(self.patch.cables)
        choice = self._random.randrange(8) if modules else 0
        if choice < 2:
            name = f"python-{next(self._ids)}"
            return {"do": "add_module", "id": name, "module": {"type": self._random.choice(TYPES), "label": "Prüfton"}}
        module = self._random.choice(modules)
        if choice == 2 or len(modules) > 40:
            return {"do": "remove_module", "id": module}
        if choice == 3 and cables:
            return {"do": "disconnect", "id": self._random.choice(cables)}
        if choice == 4:
            return {"do": "move_module", "id": module, "position": [self._random.uniform(-1e3, 1e3), 1200.0, -0.0]}
        if choice == 5:
            return {"do": "set_data", "id": module, "key": "colour", "text": self._random.choice(("night", None, "♪"))}
        return {"do": "set_label", "id": module, "label": f"Python {self._random.randrange(100)}"}
