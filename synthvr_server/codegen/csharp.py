"""Every generated C# file of the Unity client's protocol, one type each."""

from __future__ import annotations

from . import csharp_constants, csharp_unions
from .csharp_shapes import named
from .csharp_structs import Declaration
from .messages import CHAPTERS, NAMED_TYPES
from .shapes import Array, Choice, Member, Nullable, Shape, Struct

FOLDER = "unity_client/Runtime/Protocol/Generated"

# Chapter → folder, what its types derive from, whether their makers may leave out what has a default.
_CHAPTERS = {
    "The patch": ("Patch", "", True),
    "Commands": ("Commands", "Command", True),
    "The catalogue": ("Catalogue", "", False),
    "Parts of messages": ("Parts", "", False),
    "What a client says": ("Client", "IClientMessage", True),
    "What the server says": ("Server", "ServerMessage", False),
}


def csharp() -> dict[str, str]:
    """Path → content of every file."""
    files: dict[str, str] = {}
    for chapter, structs in CHAPTERS.items():
        folder, base, lenient = _CHAPTERS[chapter]
        for struct in structs:
            declaration = Declaration(struct, base, lenient=lenient)
            files[f"{folder}/{declaration.name}.cs"] = declaration.text
    for name, (choice, meaning) in _choices().items():
        files[f"Words/{name}.cs"] = csharp_unions.enumeration(name, choice.values, meaning)
    commands, client, server = (CHAPTERS[chapter] for chapter in list(_CHAPTERS) if _is_union(chapter))
    files |= {
        "Commands/Command.cs": csharp_unions.command(commands),
        "Commands/CommandType.cs": csharp_unions.types("CommandType", commands, "What a command does."),
        "Client/ClientMessage.cs": csharp_unions.client_message(client),
        "Server/ServerMessages.cs": csharp_unions.server_messages(server),
        "Server/ServerMessageType.cs": csharp_unions.types("ServerMessageType", server, "What the server says."),
        "Codes/Limits.cs": csharp_constants.limits(),
        "Codes/RejectionCode.cs": csharp_constants.rejection_codes(),
        "Codes/NoticeCode.cs": csharp_constants.notice_codes(),
        "Codes/CloseCode.cs": csharp_constants.close_codes(),
    }
    return {f"{FOLDER}/{path}": content for path, content in files.items()}


def _is_union(chapter: str) -> bool:
    return _CHAPTERS[chapter][1] != ""


def _choices() -> dict[str, tuple[Choice, str]]:
    """The choices that fields have, by name, with what they mean."""
    found: dict[str, tuple[Choice, str]] = {}
    for structs in CHAPTERS.values():
        for struct in structs:
            for member in struct.members:
                choice = _choice(member.shape)
                if choice is not None and member is not struct.tag:
                    found |= _with_meaning(choice, struct, member)
    return found


def _choice(shape: Shape) -> Choice | None:
    if isinstance(shape, Nullable | Array):
        return _choice(shape.item)
    return shape if isinstance(shape, Choice) else None


def _with_meaning(choice: Choice, struct: Struct, member: Member) -> dict[str, tuple[Choice, str]]:
    called = named(choice, struct, member)
    assert isinstance(called, Choice)
    meaning = NAMED_TYPES[called.name][1] if called.name in NAMED_TYPES else member.description
    return {called.name: (choice, meaning)}
