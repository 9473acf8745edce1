"""Structs → C# types that read and write themselves, one file each.

What is made once is immutable and made by its constructor; what the server says can be filled, and what comes many
times a second is filled again and again (``REUSED``).
"""

from __future__ import annotations

from .csharp_shapes import (
    HEAD,
    LINE,
    REUSED,
    VALUES,
    camel,
    indented,
    initial,
    is_value,
    kept_readings,
    named,
    pascal,
    read,
    summary,
    type_name,
    type_of,
    write,
)
from .shapes import Array, Choice, FixedArray, Mapping, Member, Shape, Struct


class Declaration:
    """One C# type; ``base`` is what it is derived from, ``lenient`` whether its maker may leave out defaults."""

    def __init__(self, struct: Struct, base: str = "", *, lenient: bool = False) -> None:
        self.struct, self.base, self.lenient = struct, base, lenient
        self.name = type_name(struct.name)
        self.members = [member for member in struct.members if member is not struct.tag]
        self.shapes = {member.name: named(member.shape, struct, member) for member in self.members}
        self.reused = struct.name in REUSED
        self.filled = self.reused or base == "ServerMessage"
        self.is_struct = struct.name in VALUES or base == "IClientMessage"

    @property
    def text(self) -> str:
        """The whole file."""
        kind = "readonly struct" if self.is_struct else "sealed class"
        body = self._members()
        used = "\n".join(body)
        spaces = [
            name
            for name, words in {
                "System": ("ArraySegment", "Array.Empty"),
                "System.Collections.Generic": ("IReadOnly", "List<", "KeyValuePair"),
            }.items()
            if any(word in used for word in words)
        ]
        lines = [
            *(f"using {space};" for space in spaces),
            *([""] if spaces else []),
            "namespace SynthVR.Protocol",
            "{",
            *summary(self.struct.description, 1),
            f"    public {kind} {self.name}{f' : {self.base}' if self.base else ''}",
            "    {",
            *indented(body, 2),
            "    }",
            "}",
        ]
        return HEAD + "\n".join(lines) + "\n"

    def _members(self) -> list[str]:
        parts = [*self._kept(), *self._constructors(), *map(self._property, self.members), *self._type()]
        parts += [*self._reading(), self._writing()]
        return [line for i, part in enumerate(parts) for line in ([""] if i else []) + part]

    def _kept(self) -> list[list[str]]:
        readings = kept_readings([self.shapes[member.name] for member in self.members]) if self.reused else []
        return [readings] if readings else []

    def _shape(self, member: Member) -> Shape:
        return self.shapes[member.name]

    def _type_of(self, member: Member) -> str:
        return type_of(self._shape(member), self.reused)

    def _optional(self, member: Member) -> bool:
        return self.lenient and not member.required

    def _arguments(self) -> list[Member]:
        """What the constructor takes: what may be left out comes last."""
        return sorted(self.members, key=self._optional)

    # Making

    def _constructors(self) -> list[list[str]]:
        empty = []
        if self.filled:
            what = "Makes an empty one, to be filled."
            access = "public" if self.name == "ModuleMeter" else "internal"
            lists = [m for m in self.members if self.reused and isinstance(self._shape(m), Array | Mapping)]
            body = [f"{pascal(m.name)} = new {self._type_of(m)}();" for m in lists]
            empty = [[*summary(what, 0), f"{access} {self.name}()", "{", *indented(body), "}"]]
        return [*empty, self._constructor()] if self.members else empty

    def _constructor(self) -> list[str]:
        arguments = [self._argument(member) for member in self._arguments()]
        head = [f"public {self.name}({', '.join(arguments)})"]
        if len(head[0]) + 8 > LINE:
            head = [f"public {self.name}(", *indented([f"{each}," for each in arguments[:-1]] + [f"{arguments[-1]})"])]
        body = [f"{pascal(m.name)} = {self._taken(m)};" for m in self.members]
        return [*summary("From its fields.", 0), *head, "{", *indented(body), "}"]

    def _argument(self, member: Member) -> str:
        name, shape = camel(member.name), self._shape(member)
        if not self._optional(member):
            return f"{self._type_of(member)} {name}"
        if self._replaced(member):
            return f"{self._type_of(member)}{'?' if is_value(shape) else ''} {name} = null"
        return f"{self._type_of(member)} {name} = {initial(member, shape)}"

    def _replaced(self, member: Member) -> bool:
        """Whether the default is no constant in C#, so that null stands for it."""
        shape = self._shape(member)
        identity = isinstance(shape, FixedArray) and any(member.default or ())
        return self._optional(member) and (identity or isinstance(shape, Array | Mapping))

    def _taken(self, member: Member) -> str:
        name, shape = camel(member.name), self._shape(member)
        if not self._replaced(member):
            return name
        if isinstance(shape, Array):
            return f"{name} ?? Array.Empty<{type_of(shape.item)}>()"
        if isinstance(shape, Mapping):
            return f"{name} ?? NoEntries<{type_of(shape.value)}>.Map"
        return f"{name} ?? {initial(member, shape)}"

    def _property(self, member: Member) -> list[str]:
        meaning = member.description
        if member.limits:
            meaning += f" {member.limits[0].upper()}{member.limits[1:]}."
        accessors = "{ get; private set; }" if self.filled else "{ get; }"
        return [*summary(meaning, 0, 2), f"public {self._type_of(member)} {pascal(member.name)} {accessors}"]

    def _type(self) -> list[list[str]]:
        if self.base not in ("Command", "ServerMessage"):
            return []
        kind = f"{self.base}Type"
        return [["/// <inheritdoc/>", f"public override {kind} Type => {kind}.{self.name};"]]

    # Reading

    def _reading(self) -> list[list[str]]:
        if not self.filled:
            return [self._read_new()]
        read_one = [
            *summary("Reads one. Throws ProtocolException.", 0),
            f"public static {self.name} Read(ref MessagePackReader reader)",
            "{",
            f"    var read = new {self.name}();",
            "    read.Fill(ref reader, reader.ReadMapHeader());",
            "    return read;",
            "}",
        ]
        return [read_one, self._fill()]

    def _read_new(self) -> list[str]:
        locals_ = []
        for member in self.members:
            shape = self._shape(member)
            question = "?" if self._replaced(member) and is_value(shape) else ""
            start = "null" if self._replaced(member) else initial(member, shape)
            locals_.append(f"{self._type_of(member)}{question} {camel(member.name)} = {start};")
        made = f"return new {self.name}({', '.join(camel(member.name) for member in self._arguments())});"
        if len(made) + 12 > LINE:
            names = [camel(member.name) for member in self._arguments()]
            made_lines = [
                f"return new {self.name}(",
                *indented([f"{each}," for each in names[:-1]] + [f"{names[-1]});"]),
            ]
        else:
            made_lines = [made]
        body = [*locals_, *self._loop(camel, "int fields = reader.ReadMapHeader()"), *made_lines]
        return [
            *summary("Reads one. Throws ProtocolException.", 0),
            f"public {'new ' if self.base == 'Command' else ''}static {self.name} Read(ref MessagePackReader reader)",
            "{",
            *indented(body),
            "}",
        ]

    def _fill(self) -> list[str]:
        defaults = [f"{pascal(m.name)} = {initial(m, self._shape(m))};" for m in self.members if not m.required]
        override = "override " if self.base == "ServerMessage" else ""
        inherit = ["/// <inheritdoc/>"] if override else []
        head = f"internal {override}void Fill(ref MessagePackReader reader, int fields)"
        return [*inherit, head, "{", *indented([*defaults, *self._loop(pascal, "")]), "}"]

    def _loop(self, case: type[str] | object, start: str) -> list[str]:
        """Reads every field by its key, then sees whether all are there that must be."""
        cases: list[str] = []
        needed = [member for member in self.members if member.required]
        for member in self.members:
            target = pascal(member.name) if case is pascal else camel(member.name)
            cases += [f'case "{member.name}":', *indented(read(self._shape(member), target, self.reused))]
            if member in needed:
                cases.append(f"    found |= {1 << needed.index(member):#x};")
            cases.append("    break;")
        if self.struct.tag:
            cases += [f'case "{self.struct.tag.name}":', "    reader.Skip();", "    break;"]
        cases += ["default:", f'    reader.SkipUnfamiliar("{self.struct.name}");', "    break;"]
        loop = [
            f"for ({start}; fields > 0; fields--)",
            "{",
            "    switch (reader.ReadKey())",
            "    {",
            *indented(cases, 2),
            "    }",
            "}",
        ]
        if not needed:
            return loop
        assert len(needed) < 32, "one bit each"
        names = " ".join(member.name for member in needed)
        check = [f'reader.Require(found, {(1 << len(needed)) - 1:#x}, "{self.struct.name}", "{names}");']
        if len(check[0]) + 12 > LINE:
            check = [
                "reader.Require(",
                f'    found, {(1 << len(needed)) - 1:#x}, "{self.struct.name}",',
                *_broken(f'"{names}");'),
            ]
        return ["int found = 0;", *loop, *check]

    # Writing

    def _writing(self) -> list[str]:
        override = "override " if self.base in ("Command", "ServerMessage") else ""
        lines = [f"writer.WriteMapHeader({len(self.struct.members)});"]
        for member in self.struct.members:
            lines.append(f'writer.WriteText("{member.name}");')
            if member is self.struct.tag:
                assert isinstance(member.shape, Choice)
                lines.append(f'writer.WriteText("{member.shape.values[0]}");')
            else:
                lines += write(self._shape(member), pascal(member.name), self.reused)
        comment = ["/// <inheritdoc/>"] if self.base else summary("Writes it.", 0)
        return [*comment, f"public {override}void Write(MessagePackWriter writer)", "{", *indented(lines), "}"]


def _broken(text: str) -> list[str]:
    """A string literal and what follows it, over as many lines as it takes."""
    room = LINE - 24
    pieces = []
    while len(text) > room:
        cut = text.rindex(" ", 0, room) + 1
        pieces.append(f'    {text[:cut]}"')
        text = f'+ "{text[cut:]}'
    return [*pieces, f"    {text}"]
