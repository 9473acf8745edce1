"""What the stubs declare of Unity, read with tree-sitter: public types and members, as lines such as
``static method Dot(Vector3, Vector3): float`` or ``property name: string { get set }``.

What is internal in a stub is the stub's own: how it behaves in ``behaviours/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import tree_sitter_c_sharp
from tree_sitter import Language, Node, Parser

_TYPES = {
    "class_declaration": "class",
    "struct_declaration": "struct",
    "interface_declaration": "interface",
    "enum_declaration": "enum",
    "delegate_declaration": "delegate",
}
_VISIBLE = {"public", "protected"}


@dataclass
class Declared:
    """One type: what it is, whether it is static or abstract, and its members, one line each."""

    kind: str
    static: bool
    abstract: bool
    members: list[str] = field(default_factory=list)


def read(folder: Path) -> dict[str, Declared]:
    """Every public type below ``folder``, by its full name: ``Space.Outer+Inner``, ``Space.Generic`1``."""
    parser = Parser(Language(tree_sitter_c_sharp.language()))
    found: dict[str, Declared] = {}
    for path in sorted(folder.rglob("*.cs")):
        tree = parser.parse(path.read_bytes())
        assert not tree.root_node.has_error, f"{path} is not understood"
        for name, declared in _types(tree.root_node, "", ""):
            found[name] = declared
    return found


def _types(node: Node, space: str, outer: str) -> Iterator[tuple[str, Declared]]:
    for child in node.named_children:
        if child.type == "namespace_declaration":
            yield from _types(_field(child, "body"), f"{space}{_text(_field(child, 'name'))}.", "")
        elif child.type in _TYPES and "public" in _modifiers(child):
            name = f"{outer}{_name(child)}"
            yield f"{space}{name}", _declared(child)
            body = child.child_by_field_name("body")
            if body is not None:
                yield from _types(body, space, f"{name}+")


def _declared(node: Node) -> Declared:
    modifiers = _modifiers(node)
    kind = _TYPES[node.type]
    declared = Declared(kind, "static" in modifiers, "abstract" in modifiers)
    if kind == "delegate":
        declared.members = [f"invoke Invoke{_parameters(node)}: {_type(_field(node, 'type'))}"]
        return declared
    for member in _field(node, "body").named_children:
        if kind == "enum" and member.type == "enum_member_declaration":
            declared.members.append(f"enum {_text(_field(member, 'name'))}")
        elif kind == "interface" or _modifiers(member) & _VISIBLE:
            declared.members += _lines(member)
    return declared


def _lines(node: Node) -> Iterator[str]:
    """The lines of one member; of a field with several names as many."""
    static = "static " if _modifiers(node) & {"static", "const"} else ""
    match node.type:
        case "method_declaration":
            returns = _type(_field(node, "returns"))
            yield f"{static}method {_text(_field(node, 'name'))}{_parameters(node)}: {returns}"
        case "property_declaration":
            accessors = " ".join(_accessors(node))
            yield f"{static}property {_text(_field(node, 'name'))}: {_type(_field(node, 'type'))} {{ {accessors} }}"
        case "field_declaration" | "event_field_declaration":
            (variables,) = (each for each in node.named_children if each.type == "variable_declaration")
            kind = "event" if node.type.startswith("event") else "field"
            for each in variables.named_children:
                if each.type == "variable_declarator":
                    yield f"{static}{kind} {_text(_field(each, 'name'))}: {_type(_field(variables, 'type'))}"
        case "indexer_declaration":
            (at,) = (_type(_field(each, "type")) for each in _field(node, "parameters").named_children)
            yield f"property this[{at}]: {_type(_field(node, 'type'))} {{ {' '.join(_accessors(node))} }}"
        case "constructor_declaration":
            yield f"ctor {_parameters(node)}"
        case "operator_declaration":
            operator = _text(_field(node, "operator"))
            yield f"static operator {operator}{_parameters(node)}: {_type(_field(node, 'type'))}"
        case "conversion_operator_declaration":
            way = "implicit" if any(each.type == "implicit" for each in node.children) else "explicit"
            yield f"static conversion {way}{_parameters(node)}: {_type(_field(node, 'type'))}"
        case kind:
            assert kind in _TYPES, f"{kind} in the stubs is not understood"


def _parameters(node: Node) -> str:
    """``(in Mesh, int, bool = …, params object[])``: without names, which callers may not use."""
    listed = []
    prefix = ""
    for child in _field(node, "parameters").children:
        if child.type == "params":
            prefix = "params "
        elif child.type == "parameter":
            passed = " ".join(sorted(_modifiers(child) & {"in", "out", "ref", "this"}))
            default = " = …" if any(each.type == "=" for each in child.children) else ""
            listed.append(f"{passed + ' ' if passed else ''}{_type(_field(child, 'type'))}{default}")
        elif prefix and child.type.endswith("_type"):
            listed.append(f"{prefix}{_type(child)}")
            prefix = ""
    return f"({', '.join(listed)})"


def _accessors(node: Node) -> list[str]:
    accessors = node.child_by_field_name("accessors")
    if accessors is None:
        return ["get"]  # of an expression
    return [
        _text(_field(each, "name"))
        for each in accessors.named_children
        if each.type == "accessor_declaration" and not _modifiers(each)
    ]


def _name(node: Node) -> str:
    generic = next((each for each in node.named_children if each.type == "type_parameter_list"), None)
    arity = 0 if generic is None else sum(each.type == "type_parameter" for each in generic.named_children)
    return _text(_field(node, "name")) + (f"`{arity}" if arity else "")


def _type(node: Node) -> str:
    """Without its namespace: ``Object[]`` of ``UnityEngine.Object[]``."""
    if node.type == "array_type":
        return f"{_type(_field(node, 'type'))}{_text(_field(node, 'rank'))}"
    return _text(_field(node, "name")) if node.type == "qualified_name" else _text(node)


def _modifiers(node: Node) -> set[str]:
    return {_text(each) for each in node.children if each.type == "modifier"}


def _field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    assert found is not None, f"{node.type} without {name}: {_text(node)[:80]}"
    return found


def _text(node: Node) -> str:
    assert node.text is not None
    return node.text.decode()
