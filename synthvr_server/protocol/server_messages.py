"""What the server says. The protocol document and every client's types are generated from these models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..patch.catalogue import ModuleInfo
from ..patch.commands import Command
from ..patch.model import Frozen, Patch
from .client_messages import PROTOCOL_VERSION, ClientKind, Pose, RequestId
from .library_answers import Backups, Exported, Library

Cause = Literal["edit", "undo", "redo", "load", "new", "knob"]


class ClientInfo(Frozen):
    """Somebody who is connected."""

    id: str = Field(description="Id of the client, unique within the session.")
    name: str = Field(description="Its name; different people have different ones.")
    kind: ClientKind = Field(description="What it is.")
    color: str = Field(default="", description="Its colour, as #rrggbb.")


class Clock(Frozen):
    """Two clocks read at the same moment."""

    server_time: float = Field(description="Seconds on the server's monotonic clock.")
    sample_time: int = Field(description="Frames the engine has played since it started.")


class EngineStatus(Frozen):
    """How the engine is doing. Sent after the welcome and whenever it changes."""

    type: Literal["engine"] = "engine"
    state: Literal["starting", "playing", "failed"] = Field(description="What it is doing.")
    sentence: str = Field(description="The same in words, with progress while it starts.")
    driver: str = Field(description="portaudio, jack, coreaudio or clock.")
    rate: int = Field(description="Sample rate in Hz.")
    block: int = Field(description="Block size in frames.")


class Batch(Frozen):
    """An accepted batch. Revisions come in order and without a gap."""

    type: Literal["batch"] = "batch"
    revision: int = Field(description="Revision of the patch after this batch.")
    client: str = Field(description="Who made it.")
    cause: Cause = Field(description="What it came from.")
    commands: tuple[Command, ...] = Field(description="Apply them in order.")
    fingerprint: str = Field(description="Fingerprint of the patch after this batch.")
    subject: str = Field(
        default="",
        description="For people: of `load` the name of the patch, of `undo` and `redo` what was taken back or done "
        "again; else empty.",
    )


class Welcome(Frozen):
    """The answer to hello."""

    type: Literal["welcome"] = "welcome"
    protocol: int = Field(description=f"Version of the protocol: {PROTOCOL_VERSION}.")
    server: str = Field(description="Name and version of the server.")
    session: str = Field(description="Changes when the server restarts; needed to resume.")
    client: str = Field(description="The id this client has been given.")
    clients: tuple[ClientInfo, ...] = Field(description="Everybody connected, this client included.")
    catalogue: tuple[ModuleInfo, ...] = Field(description="Every module there is.")
    problems: tuple[str, ...] = Field(description="Module files that could not be used, one sentence each.")
    revision: int = Field(description="Revision of the patch after this message.")
    fingerprint: str = Field(description="Fingerprint of that patch.")
    patch: Patch | None = Field(description="The whole patch; null where `missed` is enough to resume.")
    missed: tuple[Batch, ...] = Field(description="The batches a resuming client has missed.")
    clock: Clock = Field(description="The server's clocks now.")
    engine: EngineStatus = Field(description="The engine now.")
    token: str = Field(description="Pairing token to keep, where the hello had the code; else empty.")


class CatalogueChange(Frozen):
    """There are other modules than before: some are ready, new or gone, or the engine has read changed files."""

    type: Literal["catalogue"] = "catalogue"
    modules: tuple[ModuleInfo, ...] = Field(description="Those that are new, and those of which anything has changed.")
    gone: tuple[str, ...] = Field(description="Ids of those that there are no more: in a patch they make no sound.")
    problems: tuple[str, ...] = Field(description="All module files that cannot be used, one sentence each.")


class Ack(Frozen):
    """A request has been carried out."""

    type: Literal["ack"] = "ack"
    id: RequestId = Field(description="Id of the request.")
    revision: int = Field(description="Revision of the patch now.")


class RejectedRequest(Frozen):
    """A request cannot be carried out; nothing has changed and the connection lives on."""

    type: Literal["rejected"] = "rejected"
    id: RequestId | None = Field(description="Id of the request; null for messages that carry none.")
    code: str = Field(description="Stable, for programs.")
    sentence: str = Field(description="For people.")
    index: int = Field(default=0, description="The command at fault in the batch.")


class TurnedKnob(Frozen):
    """The live value of a knob."""

    module: str = Field(description="Id of the module.")
    knob: str = Field(description="Id of the knob.")
    value: float = Field(description="Value in the knob's own unit.")
    client: str = Field(description="Who turns it.")


class Turns(Frozen):
    """Knobs others are turning, at most once a frame, newest values only."""

    type: Literal["turns"] = "turns"
    knobs: tuple[TurnedKnob, ...] = Field(description="The knobs.")


class Hold(Frozen):
    """Somebody has taken hold of a knob, or it is free again."""

    type: Literal["hold"] = "hold"
    module: str = Field(description="Id of the module.")
    knob: str = Field(description="Id of the knob.")
    client: str | None = Field(description="Who holds it; null when it is free.")


class Joined(Frozen):
    """Somebody has connected."""

    type: Literal["joined"] = "joined"
    client: ClientInfo = Field(description="Who.")


class Introduced(Frozen):
    """Somebody has changed name or colour."""

    type: Literal["introduced"] = "introduced"
    client: ClientInfo = Field(description="Who.")


class Left(Frozen):
    """Somebody has gone."""

    type: Literal["left"] = "left"
    client: str = Field(description="Id of the client.")


class OthersPresence(Frozen):
    """Where somebody's head and hands are."""

    type: Literal["others_presence"] = "others_presence"
    client: str = Field(description="Whose.")
    head: Pose | None = Field(description="The head.")
    left: Pose | None = Field(description="The left hand.")
    right: Pose | None = Field(description="The right hand.")
    holding: tuple[str, ...] = Field(description="What is held, as module, module/knob or module/jack.")


class ModuleMeter(Frozen):
    """What one module did since the last meters."""

    cpu: float = Field(description="Share of one block's time it takes, 0–1.")
    levels: tuple[tuple[float, float], ...] = Field(
        description="Lowest and highest voltage of every output, in catalogue order, over all channels; 0 where "
        "nothing listens."
    )
    not_finite: int = Field(description="Samples that were NaN or infinite and became 0 V, since it was made.")


class Meters(Frozen):
    """Levels and load, many times a second."""

    type: Literal["meters"] = "meters"
    sample_time: int = Field(description="Frames the engine has played.")
    load: float = Field(description="Share of the block's time that the engine takes, 0–1.")
    late_blocks: int = Field(description="Blocks that missed their deadline since the engine started.")
    blocks: int = Field(description="Blocks played since the engine started.")
    modules: dict[str, ModuleMeter] = Field(description="By module id.")
    feedback: tuple[str, ...] = Field(description="Ids of the cables that are heard one block late.")
    peak_left: float = Field(
        default=0.0,
        description="Highest level of the master's left side since the last meters, before its limiter: 1 is full "
        "scale, and what is above would clip without it.",
    )
    peak_right: float = Field(default=0.0, description="The same of its right side.")
    reduction: float = Field(
        default=0.0, description="dB by which the limiter lowered the loudest moment since; 0 where it did nothing."
    )


class Audio(Frozen):
    """A piece of the master output."""

    type: Literal["audio"] = "audio"
    sample_time: int = Field(description="Time of the first frame, in frames; a gap means frames were lost.")
    rate: int = Field(description="Sample rate in Hz.")
    pcm: bytes = Field(description="Interleaved stereo, 16-bit little-endian; base64 in JSON.")


class Scope(Frozen):
    """A piece of the signal at one jack: channel 1 in volts."""

    type: Literal["scope"] = "scope"
    module: str = Field(description="Id of the module.")
    jack: str = Field(description="Id of the jack.")
    sample_time: int = Field(description="Time of the first frame, in frames.")
    rate: int = Field(description="Sample rate in Hz.")
    samples: bytes = Field(description="Little-endian float32 volts; base64 in JSON.")


class ModuleFailed(Frozen):
    """A module has failed: it is silent from now on, the rest plays on."""

    type: Literal["module_failed"] = "module_failed"
    module: str = Field(description="Id of the module.")
    sentence: str = Field(description="What went wrong.")


class Keeping(Frozen):
    """Whether what everybody does is kept on the server's disk. Sent whenever that changes, and after the welcome
    while it is not."""

    type: Literal["keeping"] = "keeping"
    state: Literal["kept", "not_kept"] = Field(
        description="Whether it is. While it is not, what is acknowledged, and perhaps the last of what was before, is "
        "lost if the server ends."
    )
    sentence: str = Field(description="The same in words, with the reason.")


class Notice(Frozen):
    """Something everybody should know, though nobody asked: show it."""

    type: Literal["notice"] = "notice"
    code: str = Field(description="Stable, for programs.")
    sentence: str = Field(description="For people.")


class Pong(Frozen):
    """The answer to ping."""

    type: Literal["pong"] = "pong"
    time: float = Field(description="The time from the ping.")
    clock: Clock = Field(description="The server's clocks now.")


ServerMessage = Annotated[
    Welcome
    | CatalogueChange
    | Ack
    | RejectedRequest
    | Batch
    | Turns
    | Hold
    | Joined
    | Introduced
    | Left
    | OthersPresence
    | Library
    | Backups
    | Exported
    | Meters
    | Audio
    | Scope
    | ModuleFailed
    | EngineStatus
    | Keeping
    | Notice
    | Pong,
    Field(discriminator="type"),
]
