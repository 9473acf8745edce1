"""One example of every message: shown in the protocol document, and encoded as golden vectors."""

from __future__ import annotations

import struct

from ..patch.catalogue import InputInfo, KnobInfo, ModuleInfo, OutputInfo, Panel
from ..patch.commands import (
    AddModule,
    Command,
    Connect,
    Describe,
    Disconnect,
    MoveModule,
    RemoveModule,
    SetData,
    SetKnob,
    SetLabel,
)
from ..patch.fingerprint import fingerprint
from ..patch.model import Cable, Frozen, Jack, Patch, PlacedModule
from ..protocol import client_messages as client
from ..protocol import library_answers as library
from ..protocol import server_messages as server

CABLE = Cable(source=Jack(module="osc", jack="saw"), target=Jack(module="amp", jack="audio"), color="#f2b33d")

PATCH = Patch(
    title="Prüfton ♪",
    notes="One oscillator, one amplifier.",
    modules={
        "osc": PlacedModule(type="vco", knobs={"pitch": -0.5, "fine": 0.0}, position=(0.0, 1200.0, -400.0)),
        "amp": PlacedModule(
            type="vca",
            knobs={"level": 0.7},
            position=(60.96, 1200.0, -400.0),
            rotation=(0.0, 0.7071067811865476, 0.0, 0.7071067811865476),
            label="Lead",
            data={"colour": "night"},
        ),
    },
    cables={"c1": CABLE},
)

COMMANDS: list[Command] = [
    AddModule(id="lfo-1", module=PlacedModule(type="lfo", knobs={"rate": 2.0})),
    Connect(
        id="c2",
        cable=Cable(source=Jack(module="lfo-1", jack="sine"), target=Jack(module="amp", jack="cv")),
    ),
    SetKnob(module="osc", knob="pitch", value=1.25),
    MoveModule(id="osc", position=(1.0, 2.0, 3.0), rotation=(0.0, 0.0, 1.0, 0.0)),
    SetLabel(id="osc", label="Deep one"),
    SetData(id="amp", key="colour", text=None),
    Disconnect(id="c1"),
    RemoveModule(id="lfo-1"),
    Describe(title="Done", notes=""),
]

_HOLDING_POSE = client.Pose(position=(120.0, 1350.5, -310.0), rotation=(0.0, 0.0, 0.0, 1.0))

CLIENT_EXAMPLES: list[Frozen] = [
    client.Hello(
        protocol=1,
        name="Ada",
        kind="headset",
        resume=client.Resume(session="5f3a9c", revision=41),
        token="bm90aGluZyBidXQgYW4gZXhhbXBsZSBvZiBhIHRva2Vu",
        person="p-8f14e45fceea167a",
        color="#f2b33d",
    ),
    client.Introduce(id=6, name="Ada Lovelace", color="#7fd1ae"),
    client.Edit(id=7, commands=tuple(COMMANDS[:2]), base=41),
    client.Undo(id=8),
    client.Redo(id=9),
    client.Grab(module="osc", knob="pitch"),
    client.Turn(module="osc", knob="pitch", value=0.75),
    client.Release(module="osc", knob="pitch"),
    client.Note(module="keys", number=69, pitch=0.75, velocity=0.8, at=12.5),
    client.Presence(head=_HOLDING_POSE, right=_HOLDING_POSE, holding=("osc/pitch",)),
    client.ListPatches(id=10),
    client.SavePatch(id=11, name="Prüfton", replace=True),
    client.LoadPatch(id=12, name="First light"),
    client.NewPatch(id=13),
    client.DeletePatch(id=14, name="Prüfton"),
    client.RenamePatch(id=15, name="Prüfton", to="Prüfton 2"),
    client.ImportPatch(id=16, name="From afar", text='{"schema_version": 1, ', more=True),
    client.ExportPatch(id=17, name="Prüfton"),
    client.ListBackups(id=18),
    client.LoadBackup(id=19, name="Prüfton", version="20260131T142530-123"),
    client.Subscribe(id=20, stream="scope", module="amp", jack="out"),
    client.Unsubscribe(id=21, stream="meters"),
    client.Ping(time=1.5),
]

_ENGINE = server.EngineStatus(
    state="playing",
    sentence="Playing through the sound card at 48000 Hz, 64 frames a block.",
    driver="portaudio",
    rate=48_000,
    block=64,
)
_CLOCK = server.Clock(server_time=12.25, sample_time=588_000)
_ADA = server.ClientInfo(id="client-1", name="Ada", kind="headset", color="#f2b33d")
_VCA = ModuleInfo(
    id="vca",
    title="VCA",
    description="Multiplies a signal by a control voltage.",
    tags=("amplifier",),
    inputs=(InputInfo(id="cv", label="CV", kind="cv", normal=10.0, help=""),),
    outputs=(OutputInfo(id="out", label="Out", kind="audio", help=""),),
    knobs=(
        KnobInfo(
            id="level",
            label="Level",
            minimum=0.0,
            maximum=1.0,
            default=1.0,
            unit="",
            scale="linear",
            choices=(),
            help="",
        ),
    ),
    plays_notes=False,
    panel=Panel(width=20.32, height=128.5, places={"cv": (10.16, 90.0), "out": (10.16, 110.0), "level": (10.16, 30.0)}),
)
_BATCH = server.Batch(
    revision=42,
    client="client-1",
    cause="undo",
    commands=(COMMANDS[2],),
    fingerprint="0123456789abcdef",
    subject="the Pitch of VCO",
)

SERVER_EXAMPLES: list[Frozen] = [
    server.Welcome(
        protocol=1,
        server="SynthVR 0.1.0",
        session="5f3a9c",
        client="client-1",
        clients=(_ADA,),
        catalogue=(_VCA,),
        problems=("broken.py: cannot be loaded (line 3): SyntaxError: invalid syntax",),
        revision=42,
        fingerprint=fingerprint(PATCH),
        patch=PATCH,
        missed=(),
        clock=_CLOCK,
        engine=_ENGINE,
        token="",
    ),
    server.CatalogueChange(modules=(_VCA.model_copy(update={"being_made": True}),), gone=("old",), problems=()),
    server.Ack(id=7, revision=42),
    server.RejectedRequest(id=7, code="unknown_jack", sentence="Module 'amp' (VCA) has no jack 'audio2'.", index=1),
    _BATCH,
    server.Turns(knobs=(server.TurnedKnob(module="osc", knob="pitch", value=0.75, client="client-1"),)),
    server.Hold(module="osc", knob="pitch", client="client-1"),
    server.Joined(client=_ADA),
    server.Introduced(client=_ADA),
    server.Left(client="client-1"),
    server.OthersPresence(
        client="client-1", head=_HOLDING_POSE, left=None, right=_HOLDING_POSE, holding=("osc/pitch",)
    ),
    library.Library(
        id=10,
        patches=(
            library.LibraryEntry(
                name="Prüfton", title="Prüfton ♪", modified=1_767_225_600.0, modules=2, ready_made=False, problem=""
            ),
        ),
    ),
    library.Backups(
        id=18,
        versions=(
            library.BackupEntry(
                name="Prüfton",
                version="20260131T142530-123",
                saved=1_769_869_530.0,
                title="Prüfton ♪",
                modules=2,
                problem="",
            ),
        ),
    ),
    library.Exported(id=17, name="Prüfton", text='{"schema_version": 1}\n'),
    server.Meters(
        sample_time=588_032,
        load=0.125,
        late_blocks=0,
        blocks=9_188,
        modules={"amp": server.ModuleMeter(cpu=0.004, levels=((-5.0, 5.0),), not_finite=0)},
        feedback=("c9",),
        peak_left=0.5,
        peak_right=1.25,
        reduction=2.5,
    ),
    server.Audio(sample_time=588_000, rate=48_000, pcm=struct.pack("<4h", 0, 0, 16_384, -16_384)),
    server.Scope(module="amp", jack="out", sample_time=588_000, rate=48_000, samples=struct.pack("<2f", 0.0, -2.5)),
    server.ModuleFailed(module="amp", sentence="The kernel raised ZeroDivisionError."),
    _ENGINE,
    server.Keeping(
        state="not_kept",
        sentence="What you do is not kept on disk at the moment, and a crash would lose it: the disk is full.",
    ),
    server.Notice(code="edits_lost", sentence="1 edit that was made after 14:25:30 is lost: the journal is torn."),
    server.Pong(time=1.5, clock=_CLOCK),
]
