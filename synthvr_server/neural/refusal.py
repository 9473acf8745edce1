"""What onnxruntime raises, in a sentence for whoever made the model: never its own words, which name its sources."""

from __future__ import annotations

import re

from ..errors import ModuleDeclarationError, printable

_NAME = r"\(?'?([^\s'(),:]{1,60})"
_SENTENCES = (  # what its text is recognised by, and what we say; {} is the operator or value it names
    (rf"No Op registered for {_NAME}", "its operator {} is not known here"),
    (rf"{_NAME}\(?[-\d]*\)? is not a registered function/op", "its operator {} is not known here"),
    (r"IR version|ValidateOpset|opset \d+ is under development", "it is written for a newer ONNX: export it with an "
     "older opset"),
    (rf"Could not find an implementation for {_NAME}", "its operator {} does not exist for the type of number it gets"),
    (rf"Node input {_NAME}' is not a graph input", "it uses the value {}, which nothing gives"),
    (rf"Optype {_NAME}\) bound to different types", "its operator {} gets numbers of different types"),
    (rf"Type Error: .*input.*node {_NAME}", "its operator {} gets a type of number that it does not take"),
    (rf"Op {_NAME}\) \[(?:ShapeInference|TypeInference)Error\]", "its operator {} gets shapes that do not fit each "
     "other"),
    (r"not acyclic", "its operations run in a circle"),
    (rf"while running {_NAME} node", "its operator {} fails on what it is given"),
)  # fmt: skip


def refused(error: Exception, otherwise: str = "onnxruntime cannot run it") -> Exception:
    """What to raise for an exception of onnxruntime's: MemoryError, or a ModuleDeclarationError of one sentence.

    ``otherwise`` is that sentence for what has not been seen yet.
    """
    text = str(error)
    if isinstance(error, MemoryError) or "bad_alloc" in text or "BFCArena" in text:
        return MemoryError()
    for pattern, sentence in _SENTENCES:
        if found := re.search(pattern, text, re.DOTALL):
            return ModuleDeclarationError(sentence.format(*(printable(group) for group in found.groups())))
    return ModuleDeclarationError(otherwise)
