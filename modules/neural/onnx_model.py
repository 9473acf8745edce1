"""ONNX model: jacks and knobs → volts to tensors → the model, in the graph or one span late → tensors to volts → jacks

Every file of the library's ``models`` folder that `synthvr models add` has checked becomes one such module; its
jacks and knobs are those of its card. docs/onnx-contract.md says what a model must look like.
"""

from __future__ import annotations

from pathlib import Path

from synthvr_server.errors import ModuleDeclarationError
from synthvr_server.module import Module
from synthvr_server.neural.buffering import Buffering, is_late, latency_of, span_of
from synthvr_server.neural.card import Card, read_card, read_model
from synthvr_server.neural.contracted import Contracted

USUAL_BLOCK, USUAL_RATE = 64, 48_000.0  # what the catalogue's latency is for, before a block size is known


class OnnxModel(Module):
    """A model that somebody has trained, as a module: its jacks, knobs and units are what its file declares."""

    title = "ONNX model"
    tags = ("learned", "model")
    channels = 1  # inference is costly
    made_of = (".onnx",)
    abstract = True
    card: Card

    @classmethod
    def of_model(cls, path: Path) -> type[Module]:
        card = read_card(path, Card)
        read_model(path, card)
        contract = card.contract
        rate = contract.sample_rate or USUAL_RATE
        about = {
            "title": contract.title,
            "__doc__": contract.description,
            "latency": latency_of(card, USUAL_BLOCK, rate) / rate,
            "card": card,
            "model": path,
            "abstract": False,
        }
        return type(cls.__name__, (cls,), contract.attributes() | about)

    def prepare(self) -> None:
        assert self.model is not None
        contract = self.card.contract
        if contract.sample_rate not in (None, self.sample_rate):
            raise ModuleDeclarationError(
                f"it was made for {contract.sample_rate:.0f} Hz, and the engine runs at {self.sample_rate:.0f} Hz: "
                f"start SynthVR with --rate {contract.sample_rate:.0f}"
            )
        model = Contracted(read_model(self.model, self.card), contract, span_of(contract.frames, self.block))
        late = is_late(self.card, self.block, self.sample_rate)
        self._buffering = Buffering(model, self.block, late, waits=not self.live)
        declared = self.declaration
        self._given = [*declared.inputs, *declared.knobs]
        self._result = list(declared.outputs)

    def play(self, **blocks) -> None:
        given = [blocks[name].reshape(-1) for name in self._given]
        self._buffering.play(given, [blocks[name][:, 0] for name in self._result])
