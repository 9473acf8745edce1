"""The running graph: follows the patch, and plans anew after every edit."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Mapping
from weakref import WeakSet

from ..errors import ModuleDeclarationError
from ..patch.model import Patch, PlacedModule
from .master import Master
from .memory import seed_of
from .node import FADE_SECONDS, KernelNode, Link, Node
from .plan import Plan, make_plan
from .player import Note, Player
from .pyo_node import PyoNode
from .python_node import PythonNode
from .ring import Rings
from .wiring import BlockPool, Wiring, wire
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
        self._links: dict[Hashable, Link] = {}  # by cable id, or by module and side for links to the master
        self._fading_in: list[Link] = []
        self._leaving: list[Link] = []
        self._dying: list[Node] = []
        self._failed: WeakSet[Node] = WeakSet()  # reported
        self._suspended: dict[str, str] = {}  # module id → why it is not made
        self._turned: set[Node] = set()  # whose knobs glide
        self._taps: dict[int, tuple[str, str]] = {}
        self._watched: set[tuple[str, str]] = {(MASTER, jack) for jack in Master.declaration.outputs}
        self._pool = BlockPool(self._host.block)
        self._fade_frames = round(FADE_SECONDS * self._host.rate)
        self._master = KernelNode(MASTER, Master, {}, self._host.block, self._host.rate, workshop.kernels[MASTER])
        self._late: list[Link] = []
        self._replan()

    @property
    def feedback(self) -> list[str]:
        """Ids of the cables that are heard one block late."""
        return [str(key) for key, link in self._links.items() if link in self._late]

    def become(self, patch: Patch) -> None:
        """Follow the patch: fade out what is gone, make what is new and fade it in.

        Where nothing was, nothing can click: the first patch starts at full level, so that live and offline
        give the same samples. A batch that only turns knobs, as the end of every gesture does,
        changes no plan, unless they set numbers of voices.
        """
        old, self._patch = self._patch, patch
        at_once = not old.modules
        changed = patch.cables != old.cables or patch.modules.keys() != old.modules.keys()
        gone = {name for name, placed in old.modules.items() if not _same_type(placed, patch.modules.get(name))}
        for key, link in list(self._links.items()):
            kept = link.cable is None or patch.cables.get(str(key)) == link.cable
            if not kept or not gone.isdisjoint((link.source.name, link.target.name)):
                self._unplug(key, fade=link.target.name not in gone)
        self._dying += [self.nodes.pop(name) for name in gone if name in self.nodes]
        self._suspended = {name: why for name, why in self._suspended.items() if name not in gone}
        for name, placed in patch.modules.items():
            before = old.modules.get(name)
            if name in gone or before is None:
                self._add(name, placed, at_once)
            elif before.knobs is not placed.knobs:
                for knob, value in placed.knobs.items():
                    changed |= self._aim(name, knob, value)
        for key in patch.cables:
            if key not in self._links:
                self._plug_cable(patch, key, at_once)
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
                    self._player.between_blocks(node.take_over)
        leaving = [link for link in self._leaving if not link.gone]
        fading_in = [link for link in self._fading_in if not link.settled and not link.leaving]
        if len(leaving) == len(self._leaving) and len(fading_in) == len(self._fading_in):
            return
        self._leaving, self._fading_in = leaving, fading_in
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
        seed, block, rate = seed_of(name, placed.data), self._host.block, self._host.rate
        if cls.is_python():
            turn, live = self._free_turn() if cls.takes_turns else 0, self._host.driver != "offline"
            node: Node = PythonNode(name, cls, placed.knobs, block, rate, self._player.now, turn, live, seed)
        elif cls.process is None:
            node = PyoNode(name, cls, placed.knobs, self._host, seed)
        else:
            node = KernelNode(name, cls, placed.knobs, block, rate, self._workshop.kernels[placed.type], seed)
        self.nodes[name] = node
        for output, side in zip(cls.master or (), _SIDES, strict=False):
            self._plug((name, side), Link(node, output, self._master, side), at_once)

    def _free_turn(self) -> int:
        """The lowest turn that no module has: the same patch, loaded whole, always gets the same ones."""
        taken = {node.turn for node in self.nodes.values() if isinstance(node, PythonNode) and node.cls.takes_turns}
        return next(turn for turn in itertools.count() if turn not in taken)

    def _aim(self, module: str, knob: str, value: float) -> bool:
        """Start a glide; says whether the module's channels change with it."""
        node = self.nodes.get(module)
        if node is None or node.knobs.targets.get(knob, value) == value:
            return False
        glide = node.knobs.turn(knob, value)

        def begin() -> None:
            glide()
            self._turned.add(node)

        self._player.between_blocks(begin)
        return node.cls.channels == knob

    def _plug_cable(self, patch: Patch, key: str, at_once: bool) -> None:
        cable = patch.cables[key]
        source, target = self.nodes.get(cable.source.module), self.nodes.get(cable.target.module)
        if source and target and cable.source.jack in source.outputs and cable.target.jack in target.inputs:
            self._plug(key, Link(source, cable.source.jack, target, cable.target.jack, cable), at_once)

    def _plug(self, key: Hashable, link: Link, at_once: bool) -> None:
        if not at_once:
            link.gain[0] = 0.0
            link.fade(1.0, self._fade_frames)
            self._fading_in.append(link)
        self._links[key] = link

    def _unplug(self, key: Hashable, fade: bool) -> None:
        """Take a cable out. Into a module that goes as well it does not fade: the module's own outputs do."""
        link = self._links.pop(key)
        link.leaving = True
        self._leaving.append(link)
        if fade:
            self._player.between_blocks(lambda: link.fade(0.0, self._fade_frames))

    def _replan(self) -> None:
        """Plan anew, without the modules that cannot be made; the plan is played from the next block on."""
        closing = self._take_out_the_dead()
        wiring = self._wire()
        while failed := [node for node in wiring.order if not self._prepare(node)]:
            self._give_up(failed)
            wiring = self._wire()
        self._late = wiring.late
        plan = make_plan(wiring, self._master, self._host, self._rings, self._taps, self._player.now)
        self._player.between_blocks(lambda: self._play(plan, closing))

    def _play(self, plan: Plan, closing: list[Node]) -> None:
        """On the audio thread: switch over, then let go of what no plan holds any more."""
        self._player.plan = plan
        for planned in plan.kernels:
            planned.take_over()
        for pyo_node, stretch in plan.after.items():
            pyo_node.after = stretch
            pyo_node.drop_outgrown()
        for node in closing:
            self._player.forget(node)
            node.close()
        self._host.arrange(plan.streams)

    def _take_out_the_dead(self) -> list[Node]:
        """The dying modules that nobody hears any more, taken out with the cables into them."""
        dead: list[Node] = []
        while silent := [node for node in self._dying if all(link.source is not node for link in self._leaving)]:
            dead += silent
            self._dying = [node for node in self._dying if node not in silent]
            self._leaving = [link for link in self._leaving if link.target not in silent]
        return dead

    def _wire(self) -> Wiring:
        nodes = [*self.nodes.values(), *self._dying, self._master]
        watched = self._watched.union(self._taps.values())
        return wire(nodes, [*self._links.values(), *self._leaving], watched, self._pool)

    def _prepare(self, node: Node) -> bool:
        if not isinstance(node, PyoNode | PythonNode):
            return True
        self._rings.making[0] = node.mark
        try:
            node.prepare()
        except (Exception, SystemExit) as error:  # whatever a module's own code raises
            why = str(error) if isinstance(error, ModuleDeclarationError) else f"{type(error).__name__}: {error}"
            self._report(node.name, f"{node.cls.title} cannot be made: {why}")
            return False
        finally:
            self._rings.making[0] = 0
        return True

    def _give_up(self, failed: list[Node]) -> None:
        self._links = {k: link for k, link in self._links.items() if not {link.source, link.target} & set(failed)}
        self._leaving = [link for link in self._leaving if not {link.source, link.target} & set(failed)]
        for node in failed:
            if self.nodes.get(node.name) is node:
                del self.nodes[node.name]
            else:
                self._dying.remove(node)
            self._player.between_blocks(node.close)


def _same_type(old: PlacedModule, new: PlacedModule | None) -> bool:
    return new is not None and old.type == new.type
