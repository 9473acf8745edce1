"""What the generators see of a pydantic model: its fields as language-neutral shapes.

A new output language needs no more than this: one file that turns ``Struct`` into its own declarations.
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined


@dataclass(frozen=True)
class Scalar:
    """A text, integer, number, boolean or bytes; ``name`` where the model gives the type a name of its own."""

    kind: typing.Literal["text", "integer", "number", "boolean", "bytes"]
    name: str = ""


@dataclass(frozen=True)
class Choice:
    """One of some fixed texts."""

    values: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Array:
    """Any number of ``item``."""

    item: Shape


@dataclass(frozen=True)
class FixedArray:
    """Exactly these items, in this order."""

    items: tuple[Shape, ...]
    name: str = ""


@dataclass(frozen=True)
class Mapping:
    """A map from texts to ``value``."""

    value: Shape


@dataclass(frozen=True)
class Reference:
    """A struct or union of that name."""

    name: str


@dataclass(frozen=True)
class Nullable:
    """``item`` or null."""

    item: Shape


Shape = Scalar | Choice | Array | FixedArray | Mapping | Reference | Nullable


@dataclass(frozen=True)
class Member:
    """One field of a struct, under its name on the wire."""

    name: str
    shape: Shape
    description: str
    required: bool
    default: Any
    limits: str


@dataclass(frozen=True)
class Struct:
    """One model."""

    name: str
    description: str
    members: tuple[Member, ...]

    @property
    def tag(self) -> Member | None:
        """The field that tells this struct from its siblings in a union, if it has one."""
        return next((member for member in self.members if member.name in ("type", "do") and _is_constant(member)), None)


def _is_constant(member: Member) -> bool:
    return isinstance(member.shape, Choice) and len(member.shape.values) == 1


def describe(model: type[BaseModel], names: dict[str, Any]) -> Struct:
    """The struct behind a model; ``names`` are the annotations that have a name of their own."""
    hints = typing.get_type_hints(model, include_extras=True)
    members = tuple(_member(name, field, shape_of(hints[name], names)) for name, field in model.model_fields.items())
    return Struct(model.__name__, " ".join((model.__doc__ or "").split()), members)


def _member(name: str, field: FieldInfo, shape: Shape) -> Member:
    return Member(
        name=field.alias or name,
        shape=shape,
        description=field.description or "",
        required=field.is_required(),
        default=_default(field),
        limits=_limits(field, shape),
    )


def shape_of(hint: Any, names: dict[str, Any]) -> Shape:
    """The shape of one annotation. Raises TypeError for what the wire does not know."""
    name = next((name for name, named in names.items() if named == hint), "")
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if name and origin is typing.Annotated and typing.get_origin(arguments[0]) is types.UnionType:
        return Reference(name)
    if origin is typing.Annotated:
        inner = shape_of(arguments[0], names)
        return Scalar(inner.kind, name) if isinstance(inner, Scalar) and name else inner
    if origin in (types.UnionType, typing.Union):
        return Nullable(shape_of(_without_none(arguments), names))
    if origin is typing.Literal:
        return Choice(arguments, name)
    if origin is tuple:
        return _tuple(arguments, name, names)
    if origin is dict:
        return Mapping(shape_of(arguments[1], names))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return Reference(hint.__name__)
    return Scalar(_SCALARS[hint], name)


_SCALARS: dict[Any, typing.Literal["text", "integer", "number", "boolean", "bytes"]] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    bytes: "bytes",
}


def _tuple(items: tuple[Any, ...], name: str, names: dict[str, Any]) -> Shape:
    if len(items) == 2 and items[1] is Ellipsis:
        return Array(shape_of(items[0], names))
    return FixedArray(tuple(shape_of(item, names) for item in items), name)


def _without_none(arguments: tuple[Any, ...]) -> Any:
    (only,) = [argument for argument in arguments if argument is not type(None)]
    return only


def _default(field: FieldInfo) -> Any:
    value = field.get_default(call_default_factory=True)
    return None if value is PydanticUndefined else value


def _limits(field: FieldInfo, shape: Shape) -> str:
    """A field's own limits in words; those of a named type are told with the type."""
    if _is_named(shape):
        return ""
    words = {
        "ge": "at least {:,}",
        "le": "at most {:,}",
        "min_length": "at least {:,} long",
        "max_length": "at most {:,} long",
    }
    found: dict[str, Any] = {}
    for limit in _metadata(field.annotation if isinstance(shape, Nullable) else field):
        found |= {key: getattr(limit, key) for key in words if getattr(limit, key, None) is not None}
    if "ge" in found and "le" in found:
        return f"{found['ge']:,} to {found['le']:,}"
    return ", ".join(words[key].format(value) for key, value in found.items())


def _is_named(shape: Shape) -> bool:
    if isinstance(shape, Nullable):
        return _is_named(shape.item)
    return isinstance(shape, Scalar | FixedArray) and bool(shape.name)


def _metadata(where: Any) -> list[Any]:
    """The limits that stand on a field, or on the type of an optional one; later ones count."""
    if isinstance(where, FieldInfo):
        marks = list(where.metadata)
    else:
        annotated = (part for part in typing.get_args(where) if typing.get_origin(part) is typing.Annotated)
        marks = [mark for part in annotated for mark in typing.get_args(part)[1:]]
    return [limit for mark in marks for limit in getattr(mark, "metadata", [mark])]
