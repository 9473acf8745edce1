"""What a client may say. The protocol document and every client's types are generated from these models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..patch.commands import Command
from ..patch.model import Color, Frozen, Identifier, Number, Quaternion, Text, Vector

PROTOCOL_VERSION = 1
MOST_COMMANDS = 4_096
MOST_PIECE = 150_000  # characters of a patch file in one message: at most 600 KB of UTF-8

RequestId = Annotated[int, Field(ge=0, le=2**31 - 1)]
ClientKind = Literal["headset", "web", "controller", "test"]
StreamName = Literal["meters", "audio", "scope"]
PatchName = Annotated[str, Field(min_length=1, max_length=120)]


class Resume(Frozen):
    """Where a lost connection left off."""

    session: Identifier = Field(description="Session from the welcome of the lost connection.")
    revision: int = Field(ge=0, description="The last revision the client has applied.")


class Hello(Frozen):
    """The first message of a connection; nothing else may come before it."""

    type: Literal["hello"] = "hello"
    protocol: int = Field(description=f"Version of the protocol the client speaks: {PROTOCOL_VERSION}.")
    name: Text = Field(description="Name shown to the others; empty lets the server choose one.")
    kind: ClientKind = Field(description="What the client is.")
    resume: Resume | None = Field(default=None, description="Set after a lost connection.")
    token: Text = Field(default="", description="Pairing token from an earlier welcome; needed from another machine.")
    code: Text = Field(default="", description="Pairing code, as the server shows it: asks for a token.")
    person: Identifier | None = Field(
        default=None,
        description="Who says it: a random id that the client keeps, by which what they have done stays theirs when "
        "they come back. It is told to nobody.",
    )
    color: Color = Field(default="", description="Colour in which the others see it; empty lets the server choose.")


class Introduce(Frozen):
    """Changes the own name and colour; everybody hears of it."""

    type: Literal["introduce"] = "introduce"
    id: RequestId = Field(description="Comes back in the answer.")
    name: Text = Field(description="Name shown to the others; empty lets the server choose one.")
    color: Color = Field(default="", description="Colour in which the others see it; empty lets the server choose.")


class Edit(Frozen):
    """A batch of commands: accepted whole, or rejected whole."""

    type: Literal["edit"] = "edit"
    id: RequestId = Field(description="Comes back in the answer.")
    commands: tuple[Command, ...] = Field(min_length=1, max_length=MOST_COMMANDS, description="The commands, in order.")
    base: int | None = Field(
        default=None,
        description="If set, the batch is rejected (stale_revision) unless this is the current revision.",
    )


class Undo(Frozen):
    """Takes back the latest change that the same person has made; never what others have changed since."""

    type: Literal["undo"] = "undo"
    id: RequestId = Field(description="Comes back in the answer.")


class Redo(Frozen):
    """Does again what the same person took back last."""

    type: Literal["redo"] = "redo"
    id: RequestId = Field(description="Comes back in the answer.")


class Grab(Frozen):
    """A hand takes hold of a knob: nobody else can turn it until a moment after it lets go."""

    type: Literal["grab"] = "grab"
    module: Identifier = Field(description="Id of the module.")
    knob: Identifier = Field(description="Id of the knob.")


class Turn(Frozen):
    """The fast path of a knob. Not answered; the newest value wins; heard within a block or two.

    It grabs the knob if nobody holds it. Each time the hand lets go, or the hold ends, the value becomes one
    revision; a whole gesture is one step of undo.
    """

    type: Literal["turn"] = "turn"
    module: Identifier = Field(description="Id of the module.")
    knob: Identifier = Field(description="Id of the knob.")
    value: Number = Field(description="Value in the knob's own unit.")


class Release(Frozen):
    """The hand lets go of the knob."""

    type: Literal["release"] = "release"
    module: Identifier = Field(description="Id of the module.")
    knob: Identifier = Field(description="Id of the knob.")


class Note(Frozen):
    """A note on a module that plays notes; not answered."""

    type: Literal["note"] = "note"
    module: Identifier = Field(description="Id of the module.")
    number: int = Field(ge=0, le=127, description="Names the note, so that its end finds it.")
    pitch: Annotated[Number, Field(ge=-10, le=10)] = Field(description="Volts, 1 V/oct, 0 V = C4.")
    velocity: Annotated[Number, Field(ge=0, le=1)] = Field(description="0 ends the note.")
    at: Annotated[Number, Field(ge=0)] | None = Field(
        default=None, description="Server time in seconds to play it at; null is now."
    )


class Pose(Frozen):
    """Where something is, in the rack's space."""

    position: Vector = Field(description="mm: x right, y up, z away.")
    rotation: Quaternion = Field(description="x, y, z, w.")


class Presence(Frozen):
    """Where the client's head and hands are; relayed to the others, never stored."""

    type: Literal["presence"] = "presence"
    head: Pose | None = Field(default=None, description="The head.")
    left: Pose | None = Field(default=None, description="The left hand.")
    right: Pose | None = Field(default=None, description="The right hand.")
    holding: tuple[Text, ...] = Field(
        default=(), max_length=4, description="What is held, as module, module/knob or module/jack."
    )


class ListPatches(Frozen):
    """Asks what is in the library."""

    type: Literal["list_patches"] = "list_patches"
    id: RequestId = Field(description="Comes back in the answer.")


class SavePatch(Frozen):
    """Saves the patch into the library."""

    type: Literal["save_patch"] = "save_patch"
    id: RequestId = Field(description="Comes back in the answer.")
    name: PatchName = Field(description="Name in the library, without folder or suffix.")
    replace: bool = Field(
        default=False,
        description="Whether a patch of that name may be replaced, which is kept as a backup; else it is rejected "
        "(exists).",
    )


class LoadPatch(Frozen):
    """Replaces the patch by one from the library; undo brings the old one back."""

    type: Literal["load_patch"] = "load_patch"
    id: RequestId = Field(description="Comes back in the answer.")
    name: PatchName = Field(description="Name as listed.")


class NewPatch(Frozen):
    """Replaces the patch by an empty one; undo brings the old one back."""

    type: Literal["new_patch"] = "new_patch"
    id: RequestId = Field(description="Comes back in the answer.")


class DeletePatch(Frozen):
    """Takes a patch out of the library; it is kept as a backup."""

    type: Literal["delete_patch"] = "delete_patch"
    id: RequestId = Field(description="Comes back in the answer.")
    name: PatchName = Field(description="Name as listed.")


class RenamePatch(Frozen):
    """Gives a patch of the library, and its backups, another name."""

    type: Literal["rename_patch"] = "rename_patch"
    id: RequestId = Field(description="Comes back in the answer.")
    name: PatchName = Field(description="Name as listed.")
    to: PatchName = Field(description="The new name.")
    replace: bool = Field(
        default=False,
        description="Whether a patch of the new name may be replaced, which is kept as a backup; else it is rejected "
        "(exists).",
    )


class ImportPatch(Frozen):
    """Saves a patch file into the library. A long one comes in pieces, of which only the last is answered."""

    type: Literal["import_patch"] = "import_patch"
    id: RequestId = Field(description="Comes back in the answer; the same in all pieces of a file.")
    name: PatchName = Field(description="Name in the library, without folder or suffix.")
    text: str = Field(max_length=MOST_PIECE, description="The text of the file, or the next piece of it.")
    more: bool = Field(default=False, description="Whether another piece follows.")
    replace: bool = Field(
        default=False,
        description="Whether a patch of that name may be replaced, which is kept as a backup; else it is rejected "
        "(exists).",
    )


class ExportPatch(Frozen):
    """Asks for a patch as the text of a file."""

    type: Literal["export_patch"] = "export_patch"
    id: RequestId = Field(description="Comes back in the answer.")
    name: PatchName | None = Field(default=None, description="Name as listed; null is the patch as it is now.")


class ListBackups(Frozen):
    """Asks which earlier versions of patches are kept, deleted ones included."""

    type: Literal["list_backups"] = "list_backups"
    id: RequestId = Field(description="Comes back in the answer.")


class LoadBackup(Frozen):
    """Replaces the patch by an earlier version of one; undo brings the old one back."""

    type: Literal["load_backup"] = "load_backup"
    id: RequestId = Field(description="Comes back in the answer.")
    name: PatchName = Field(description="Name as listed.")
    version: Identifier = Field(description="Version as listed.")


class Subscribe(Frozen):
    """Starts a stream: meters of the whole patch, the audio of the master output, or the scope of one jack."""

    type: Literal["subscribe"] = "subscribe"
    id: RequestId = Field(description="Comes back in the answer.")
    stream: StreamName = Field(description="Which stream.")
    module: Identifier | None = Field(default=None, description="For scope: id of the module.")
    jack: Identifier | None = Field(default=None, description="For scope: id of an input or output jack.")


class Unsubscribe(Frozen):
    """Stops a stream that Subscribe with the same fields started."""

    type: Literal["unsubscribe"] = "unsubscribe"
    id: RequestId = Field(description="Comes back in the answer.")
    stream: StreamName = Field(description="Which stream.")
    module: Identifier | None = Field(default=None, description="For scope: id of the module.")
    jack: Identifier | None = Field(default=None, description="For scope: id of the jack.")


class Ping(Frozen):
    """Measures the way to the server and back, and its clock."""

    type: Literal["ping"] = "ping"
    time: Number = Field(description="Anything; comes back unchanged.")


ClientMessage = Annotated[
    Hello
    | Introduce
    | Edit
    | Undo
    | Redo
    | Grab
    | Turn
    | Release
    | Note
    | Presence
    | ListPatches
    | SavePatch
    | LoadPatch
    | NewPatch
    | DeletePatch
    | RenamePatch
    | ImportPatch
    | ExportPatch
    | ListBackups
    | LoadBackup
    | Subscribe
    | Unsubscribe
    | Ping,
    Field(discriminator="type"),
]
