"""The running graph: follows the patch, and plans anew after every edit."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping
from weakref import WeakSet

from ..errors import ModuleDeclarationError
from ..module import Module
from ..patch.model import Patch, PlacedModule
from ..patch.seeds import SEED
from .cables import FADE_SECONDS, Cables, Link
from .master import Master
from .memory import seed_of
from .node import KernelNode, Node
from .plan import Plan, make_plan
from .player import Note, Player
from .pyo_node import PyoNode
from .python_node import PythonNode
from .ring import Rings
from .whereabouts import told
from .widths import approach, goals
from .wiring import BlockPool, wire
from .workshop import MASTER, Workshop

Report = Callable[[str, str], None]  # module id, sentence

_SIDES = ("left", "right")


class Graph:
    """Modules and cables as they run.

    Its methods belong to the editing thread; what touches the sound is handed to the player, between two
    blocks. A module that cannot be made is reported and stays silent; everything else plays on.
    """

    def __init__(self, player: Player, workshop: Workshop, rings: Rings, report: Report) -> None:
        self.nodes: dict[str, Node] = {}
        self._player, self._host = player, player.host
        self._workshop, self._rings, self._report = workshop, rings, report
        self._patch = Patch()
        self._cables = Cables(round(FADE_SECONDS * self._host.rate))
        self._dying: list[Node] = []
        self._failed: WeakSet[Node] = WeakSet()  # reported
        self._suspended: dict[str, str] = {}  # module id → why it is not made
        self._turned: set[Node] = set()  # whose knobs glide
        self._held_back: dict[Node, Callable[[], None]] = {}  # turns of knobs that set numbers of channels
        self._taps: dict[int, tuple[str, str]] = {}
        self._watched: set[tuple[str, str]] = {(MASTER, jack) for jack in Master.declaration.outputs}
        self._pool = BlockPool(self._host.block)
        self._master = KernelNode(MASTER, Master, {}, self._host.block, self._host.rate, workshop.kernels[MASTER])
        self._late: list[Link] = []
        self._replan()

    @property
    def feedback(self) -> list[str]:
        """Ids of the cables that are heard one block late."""
        return [str(key) for key, link in self._cables.plugged.items() if link in self._late]

    @property
    def master(self) -> KernelNode:
        """What plays into somebody's ears."""
        return self._master

    def become(self, patch: Patch) -> None:
        """Follow the patch: fade out what is gone, make what is new and fade it in.

        Where nothing was, nothing can click: the first patch starts at full level, so that live and offline give the
        same samples, and a new module hears what steers it at once. A batch that only turns knobs, as the end of every
        gesture does, changes no plan, unless they set numbers of voices.
        """
        old, self._patch = self._patch, patch
        at_once = not old.modules
        changed = patch.cables != old.cables or patch.modules.keys() != old.modules.keys()
        gone = {name for name, placed in old.modules.items() if not _goes_on(placed, patch.modules.get(name))}
        for key, link in list(self._cables.plugged.items()):
            kept = link.cable is None or patch.cables.get(str(key)) == link.cable
            if not kept or not gone.isdisjoint((link.source.name, link.target.name)):
                self._cables.unplug(key, fade=link.target.name not in gone)
        self._dying += [self.nodes.pop(name) for name in gone if name in self.nodes]
        self._suspended = {name: why for name, why in self._suspended.items() if name not in gone}
        for name, placed in patch.modules.items():
            before = old.modules.get(name)
            if name in gone or before is None:
                self._add(name, placed, at_once)
            elif before.knobs is not placed.knobs:
                for knob in {**before.knobs, **placed.knobs}:
                    changed |= self._aim(name, knob, placed.knobs.get(knob))
        for key in patch.cables:
            if key not in self._cables.plugged:
                self._plug(patch, key, at_once)
        if changed or gone:
            self._replan()

    def suspend(self, modules: Mapping[str, str]) -> None:
        """Make none of these, each for its reason, until they have left the patch or become of another type."""
        self._suspended |= modules

    def make_up_for(self, type_id: str) -> None:
        """Make the modules of a type that could not be played until now."""
        patch = self._patch
        others = {name: placed for name, placed in patch.modules.items() if placed.type != type_id}
        self._patch = patch.model_copy(update={"modules": others})
        self.become(patch)

    def turn(self, module: str, knob: str, value: float) -> None:
        """Turn a knob; unknown names are ignored: the module may just have gone."""
        if self._aim(module, knob, value):
            self._replan()

    def note(self, module: str, note: Note, at: int | None) -> None:
        """Play a note; modules that play none ignore it."""
        node = self.nodes.get(module)
        if isinstance(node, KernelNode) and node.cls.declaration.notes:
            self._player.note(node, note, at)

    def tap(self, slot: int, module: str, jack: str) -> None:
        """Copy a jack's channel 1 into the ring of a slot (1–8)."""
        self._taps[slot] = (module, jack)

        def restart() -> None:
            self._rings.start[slot] = self._rings.end[slot] = self._player.now[0]

        self._player.between_blocks(restart)
        self._replan()

    def watch(self, module: str, jack: str) -> None:
        """Keep what an output carries readable between blocks, by ``Node.heard``."""
        if (module, jack) not in self._watched:
            self._watched.add((module, jack))
            self._replan()

    def untap(self, slot: int) -> None:
        """Stop copying."""
        if self._taps.pop(slot, None) is not None:
            self._replan()

    def tidy(self) -> None:
        """Take out what has faded out, read directly what has faded in or come to rest, tell of what has failed.

        Call it every few milliseconds.
        """
        for name, node in self.nodes.items():
            if isinstance(node, PythonNode) and node.failure and node not in self._failed:
                self._failed.add(node)
                self._report(name, node.failure)
        for node in list(self._turned):
            gone = self.nodes.get(node.name) is not node  # its knobs may never come to rest: no plan moves them
            if gone or node.knobs.still:
                self._turned.discard(node)
                if isinstance(node, KernelNode) and not gone:
                    self._player.between_blocks(node.attach_knobs)
        if self._cables.tidy():
            self._replan()

    def close(self) -> None:
        """Let go of everything. Call it once the player has stopped."""
        for node in (*self.nodes.values(), *self._dying, self._master):
            node.close()
        self.nodes.clear()

    def _add(self, name: str, placed: PlacedModule, at_once: bool) -> None:
        why_not = self._suspended.get(name) or self._workshop.broken.get(placed.type)
        if why_not is not None:
            self._report(name, why_not)
            return
        cls = self._workshop.modules.get(placed.type)
        if cls is None or placed.type in self._workshop.waiting:
            return  # a ghost stays in the patch and makes no sound; what waits is made when it is ready
        try:
            node = self._make(name, placed, cls)
        except Exception as error:  # memory that nobody has, for one
            self._report(name, _cannot_be_made(cls, error))
            return
        self.nodes[name] = node
        for output, side in zip(cls.master or (), _SIDES, strict=False):
            self._cables.plug(Link((name, side), node, output, self._master, side), at_once)

    def _make(self, name: str, placed: PlacedModule, cls: type[Module]) -> Node:
        seed, block, rate = seed_of(name, placed.data), self._host.block, self._host.rate
        if cls.is_python():
            turn, live = self._free_turn() if cls.takes_turns else 0, self._host.driver != "offline"
            return PythonNode(name, cls, placed.knobs, block, rate, self._player.now, turn, live, seed)
        if cls.process is None:
            return PyoNode(name, cls, placed.knobs, self._host, seed)
        return KernelNode(name, cls, placed.knobs, block, rate, self._workshop.kernels[placed.type], seed)

    def _free_turn(self) -> int:
        """The lowest turn that no module has: the same patch, loaded whole, always gets the same ones."""
        taken = {node.turn for node in self.nodes.values() if isinstance(node, PythonNode) and node.cls.takes_turns}
        return next(turn for turn in itertools.count() if turn not in taken)

    def _aim(self, module: str, knob: str, value: float | None) -> bool:
        """Start a glide, to the default if that is None; says whether the module's channels change with it."""
        node = self.nodes.get(module)
        declared = node.cls.declaration.knobs.get(knob) if node else None
        if node is None or declared is None:
            return False
        value = declared.default if value is None else value
        if node.knobs.targets[knob] == value:
            return False
        glide = node.knobs.turn(knob, value)

        def begin() -> None:
            glide()
            self._turned.add(node)

        if node.cls.channels != knob:
            self._player.between_blocks(begin)
            return False
        self._held_back[node] = begin  # until voices that go have faded out, the module is to play them
        return True

    def _plug(self, patch: Patch, key: str, at_once: bool) -> None:
        cable = patch.cables[key]
        source, target = self.nodes.get(cable.source.module), self.nodes.get(cable.target.module)
        if source and target and cable.source.jack in source.outputs and cable.target.jack in target.inputs:
            link = Link(key, source, cable.source.jack, target, cable.target.jack, cable)
            is_new = not target.channels
            self._cables.plug(link, at_once or (is_new and not target.inputs[link.input].sums))

    def _replan(self) -> None:
        """Plan anew, without the modules that cannot be made; the plan is played from the next block on."""
        goal = self._make_ready()
        closing = self._take_out_the_dead()
        nodes = self._running()
        wider = approach(goal, nodes, self._cables)
        taps = {slot: (node, jack) for slot, (name, jack) in self._taps.items() if (node := self._named(name))}
        watched = self._watched.union(self._taps.values())
        wiring = wire(nodes, self._cables, wider, watched, self._pool)
        self._late = wiring.late
        plan = make_plan(wiring, self._master, self._host, self._rings, taps, self._player.now)
        begin = [self._cables.begin(lambda link: wiring.quiet[link.source, link.output])]
        begin += [self._held_back.pop(node) for node in list(self._held_back) if node.channels == goal.get(node)]
        self._player.between_blocks(lambda: self._play(plan, closing, begin))

    def _play(self, plan: Plan, closing: list[Node], begin: list[Callable[[], None]]) -> None:
        """On the audio thread: switch over, begin what goes with it, let go of what no plan holds any more."""
        self._player.plan = plan
        for planned, channels in plan.kernels.items():
            planned.take_over(channels)
        for pyo_node, stretch in plan.after.items():
            pyo_node.after = stretch
        for call in begin:
            call()
        for node in closing:
            self._player.forget(node)
            node.close()
        self._host.arrange(plan.streams)

    def _running(self) -> list[Node]:
        return [*self.nodes.values(), *self._dying, self._master]

    def _named(self, name: str) -> Node | None:
        return self._master if name == MASTER else self.nodes.get(name)

    def _make_ready(self) -> dict[Node, int]:
        """Make what is not made yet, and anew what was made for another number of channels; says what each is to have.

        A module that is made anew is heard no more at once than a new cable: the old one fades out beside it.
        """
        while True:
            goal = goals(self._running(), self._dying, self._cables)
            made = [node for node in self.nodes.values() if isinstance(node, PyoNode | PythonNode) and node.made_for]
            outgrown = [node for node in made if node.made_for != goal[node]]
            if outgrown:
                moved: dict[Node, Node] = {node: node.anew() for node in outgrown}
                self.nodes |= {node.name: again for node, again in moved.items()}
                self._dying += outgrown
                self._cables.move(moved)
                continue
            failed = [node for node in self.nodes.values() if not self._is_made(node, goal[node])]
            if not failed:
                return goal
            self._give_up(failed)

    def _take_out_the_dead(self) -> list[Node]:
        """The dying modules that nobody hears any more, taken out with the cables into them.

        What still plays hears, through cables that fade out, some of them, and those hear others; a loop that only
        hears itself is gone.
        """
        dying, heard_by = set(self._dying), defaultdict[Node, set[Node]](set)
        for link in self._cables.leaving:
            heard_by[link.target].add(link.source)
        audible: set[Node] = set()
        look = [source for target, sources in heard_by.items() if target not in dying for source in sources]
        while look:
            node = look.pop()
            if node not in audible:
                audible.add(node)
                look += heard_by[node]
        dead = [node for node in self._dying if node not in audible]
        self._dying = [node for node in self._dying if node in audible]
        self._cables.let_go(set(dead))
        return dead

    def _is_made(self, node: Node, channels: int) -> bool:
        if not isinstance(node, PyoNode | PythonNode) or node.made_for:
            return True
        self._rings.making[0] = node.mark
        try:
            node.prepare(channels)
        except (Exception, SystemExit) as error:  # whatever a module's own code raises
            self._report(node.name, _cannot_be_made(node.cls, error))
            return False
        finally:
            self._rings.making[0] = 0
        return True

    def _give_up(self, failed: list[Node]) -> None:
        self._cables.drop(failed)
        for node in failed:
            del self.nodes[node.name]
            self._player.between_blocks(node.close)


def _cannot_be_made(cls: type[Module], error: BaseException) -> str:
    why = str(error) if isinstance(error, ModuleDeclarationError) else told(error)
    return f"{cls.title} cannot be made: {why}"


def _goes_on(old: PlacedModule, new: PlacedModule | None) -> bool:
    return new is not None and old.type == new.type and old.data.get(SEED) == new.data.get(SEED)
