"""The JSON Schemas that `synthvr schema` prints."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from ..patch.files import patch_schema
from ..protocol.client_messages import PROTOCOL_VERSION, ClientMessage
from ..protocol.server_messages import ServerMessage

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(what: str) -> dict[str, Any]:
    """The schema of a ``patch`` file, or of every message of the ``protocol``."""
    return patch_schema() if what == "patch" else protocol_schema()


def protocol_schema() -> dict[str, Any]:
    """The schema of a message in either direction."""
    sides: dict[str, TypeAdapter[Any]] = {"client": TypeAdapter(ClientMessage), "server": TypeAdapter(ServerMessage)}
    mode: JsonSchemaMode = "validation"
    schemas, whole = TypeAdapter.json_schemas(
        [(side, mode, adapter) for side, adapter in sides.items()], ref_template="#/$defs/{model}"
    )
    return {
        "$schema": _DIALECT,
        "$id": f"urn:synthvr:schema:protocol:{PROTOCOL_VERSION}",
        "title": "SynthVR protocol",
        "description": "A message from the client or from the server.",
        "anyOf": [schemas[side, mode] for side in sides],
        **whole,
    }
