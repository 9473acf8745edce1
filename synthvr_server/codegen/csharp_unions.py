"""Unions and choices → C# enums and the code that tells their members apart."""

from __future__ import annotations

from .csharp_shapes import HEAD, REUSED, indented, pascal, summary, type_name
from .shapes import Choice, Struct


def enumeration(name: str, values: tuple[str, ...], meaning: str) -> str:
    """An enum with its words on the wire. ``Unknown`` stands for a word of a newer server."""
    words = {value: pascal(value) for value in values}
    lines = [
        "namespace SynthVR.Protocol",
        "{",
        *summary(meaning, 1),
        f"    public enum {name}",
        "    {",
        *summary("Something that a newer server knows.", 2),
        "        Unknown,",
    ]
    for value, member in words.items():
        lines += ["", *summary(f"{value} on the wire.", 2), f"        {member},"]
    cases = [line for value, member in words.items() for line in (f'case "{value}":', f"    return {name}.{member};")]
    writes = [
        line
        for value, member in words.items()
        for line in (f"case {name}.{member}:", f'    writer.WriteText("{value}");', "    break;")
    ]
    lines += [
        "    }",
        "",
        *summary(f"{name} as it goes over the wire.", 1),
        f"    internal static class {name}Text",
        "    {",
        f"        public static {name} Read(ref MessagePackReader reader)",
        "        {",
        "            string word = reader.ReadText();",
        "            switch (word)",
        "            {",
        *indented(cases, 4),
        "                default:",
        f'                    reader.NoteUnfamiliar("{name}", word);',
        f"                    return {name}.Unknown;",
        "            }",
        "        }",
        "",
        f"        public static void Write(MessagePackWriter writer, {name} value)",
        "        {",
        "            switch (value)",
        "            {",
        *indented(writes, 4),
        "                default:",
        f'                    throw new ProtocolException($"{{value}} is no {name} that can be written.");',
        "            }",
        "        }",
        "    }",
        "}",
    ]
    return HEAD + "\n".join(lines) + "\n"


def types(name: str, members: list[Struct], meaning: str) -> str:
    """The enum of a union's members."""
    lines = ["namespace SynthVR.Protocol", "{", *summary(meaning, 1), f"    public enum {name}", "    {"]
    if name.startswith("Server"):
        lines += [*summary("Something that a newer server says.", 2), "        Unknown,", ""]
    for i, member in enumerate(members):
        lines += [*([""] if i else []), *summary(member.description, 2), f"        {type_name(member.name)},"]
    return HEAD + "\n".join([*lines, "    }", "}"]) + "\n"


def command(members: list[Struct]) -> str:
    """The base of all commands."""
    cases = [
        line
        for member in members
        for line in (f'case "{_tag(member)}":', f"    return {type_name(member.name)}.Read(ref reader);")
    ]
    lines = [
        "using System;",
        "using System.Collections.Generic;",
        "",
        "namespace SynthVR.Protocol",
        "{",
        *summary("One change of a patch: switch on Type and cast to the class of the same name.", 1),
        "    public abstract class Command",
        "    {",
        "        internal Command()",
        "        {",
        "        }",
        "",
        *summary("Which command it is.", 2),
        "        public abstract CommandType Type { get; }",
        "",
        *summary("Writes it.", 2),
        "        public abstract void Write(MessagePackWriter writer);",
        "",
        *summary("Reads one; null where a newer server sends one that is not known here. Throws ProtocolException.", 2),
        "        public static Command Read(ref MessagePackReader reader)",
        "        {",
        '            string name = reader.PeekTag("do");',
        "            switch (name)",
        "            {",
        *indented(cases, 4),
        "                default:",
        '                    reader.NoteUnfamiliar("Command", name);',
        "                    reader.Skip();",
        "                    return null;",
        "            }",
        "        }",
        "",
        *summary("Reads a batch; what is not known here is left out. Throws ProtocolException.", 2),
        "        public static IReadOnlyList<Command> ReadList(ref MessagePackReader reader)",
        "        {",
        "            int count = reader.ReadArrayHeader();",
        "            var commands = new List<Command>(Math.Min(count, Lists.MostBelieved));",
        "            for (; count > 0; count--)",
        "            {",
        "                Command command = Read(ref reader);",
        "                if (command != null)",
        "                {",
        "                    commands.Add(command);",
        "                }",
        "            }",
        "            return commands;",
        "        }",
        "    }",
        "}",
    ]
    return HEAD + "\n".join(lines) + "\n"


def server_messages(members: list[Struct]) -> str:
    """The table of what the server says."""
    reused = [member for member in members if member.name in REUSED]
    fields = [f"private readonly {m.name} _{m.name[0].lower()}{m.name[1:]} = new {m.name}();" for m in reused]
    makes, kinds = [], []
    for member in members:
        made = f"_{member.name[0].lower()}{member.name[1:]}" if member in reused else f"new {member.name}()"
        makes += [f'case "{_tag(member)}":', f"    return {made};"]
        kinds += [f'case "{_tag(member)}":', f"    return ServerMessageType.{member.name};"]
    lines = [
        "namespace SynthVR.Protocol",
        "{",
        *summary("What the server says, by its type on the wire.", 1),
        "    internal sealed class ServerMessages",
        "    {",
        *indented(fields, 2),
        "",
        *summary("The message to fill, or null for a type that is not known here.", 2),
        "        public ServerMessage ToFill(string type)",
        "        {",
        "            switch (type)",
        "            {",
        *indented(makes, 4),
        "                default:",
        "                    return null;",
        "            }",
        "        }",
        "",
        "        public static ServerMessageType TypeOf(string type)",
        "        {",
        "            switch (type)",
        "            {",
        *indented(kinds, 4),
        "                default:",
        "                    return ServerMessageType.Unknown;",
        "            }",
        "        }",
        "    }",
        "}",
    ]
    return HEAD + "\n".join(lines) + "\n"


def client_message(members: list[Struct]) -> str:
    """What reads any client message."""
    cases = [
        line for m in members for line in (f'case "{_tag(m)}":', f"    return {type_name(m.name)}.Read(ref reader);")
    ]
    lines = [
        "namespace SynthVR.Protocol",
        "{",
        *summary("Reads what clients say: for tests, and for whoever plays the server.", 1),
        "    public static class ClientMessage",
        "    {",
        *summary("Reads one. Throws ProtocolException, for a type that is not known too.", 2),
        "        public static IClientMessage Read(ref MessagePackReader reader)",
        "        {",
        '            string type = reader.PeekTag("type");',
        "            switch (type)",
        "            {",
        *indented(cases, 4),
        "                default:",
        "                    throw new ProtocolException($\"There is no client message of type '{type}'.\");",
        "            }",
        "        }",
        "    }",
        "}",
    ]
    return HEAD + "\n".join(lines) + "\n"


def _tag(struct: Struct) -> str:
    assert struct.tag is not None
    assert isinstance(struct.tag.shape, Choice)
    return struct.tag.shape.values[0]
