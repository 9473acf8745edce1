"""The patch as an immutable value.

Containers are plain dicts for speed and JSON's sake; nobody changes them in place: every change is a new
``Patch`` that shares what did not change.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SCHEMA_VERSION = 1
SCHEMA_ID = f"urn:synthvr:schema:patch:{SCHEMA_VERSION}"

MOST_MODULES = 2_000
MOST_CABLES = 16_000
MOST_MODULE_DATA = 131_072  # characters: every client hashes them anew at each edit of the module
MOST_PATCH_DATA = 4_194_304
MOST_MODULE_KNOBS = 1_000  # which are hashed anew, too; a ghost may have any
MOST_PATCH_BYTES = 8 * 2**20  # as JSON without spaces: every patch can be sent whole, twice if it replaces another

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
NO_NUL = r"^[^\u0000]*$"  # a zero byte is where a text ends in the fingerprint: two patches would share one
Text = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
DataText = Annotated[str, StringConstraints(max_length=65_536, pattern=NO_NUL)]
Color = Annotated[str, StringConstraints(pattern=r"^(#[0-9A-Fa-f]{6})?$")]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)]
Ends = tuple[str, str, str, str]  # module and jack, from and to
Vector = tuple[Number, Number, Number]
Quaternion = tuple[Number, Number, Number, Number]


class Frozen(BaseModel):
    """Base of every immutable value; a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)


class Jack(Frozen):
    """One jack of one module."""

    module: Identifier = Field(description="Id of the module.")
    jack: Identifier = Field(description="Id of the jack within the module.")

    def __str__(self) -> str:
        return f"{self.module}/{self.jack}"


class Cable(Frozen):
    """A cable from an output jack to an input jack."""

    source: Jack = Field(alias="from", description="The output jack the cable comes from.")
    target: Jack = Field(alias="to", description="The input jack the cable goes to.")
    color: Text = Field(default="", description="CSS colour; empty lets the client choose.")

    @property
    def ends(self) -> Ends:
        """Where it goes from and to: no two cables join the same jacks."""
        return self.source.module, self.source.jack, self.target.module, self.target.jack


class PlacedModule(Frozen):
    """A module in a patch: what it is, how its knobs stand and where it hangs."""

    type: Identifier = Field(description="Id of the module in the catalogue.")
    knobs: dict[Identifier, Number] = Field(
        default_factory=dict,
        max_length=MOST_MODULE_KNOBS,
        description="Knob values in the knob's own unit; a knob that is missing stands at its default.",
    )
    position: Vector = Field(default=(0.0, 0.0, 0.0), description="Centre of the panel in mm: x right, y up, z away.")
    rotation: Quaternion = Field(default=(0.0, 0.0, 0.0, 1.0), description="Rotation of the panel: x, y, z, w.")
    label: Text = Field(default="", description="What the user calls it; empty shows the module's title.")
    data: dict[Identifier, DataText] = Field(default_factory=dict, description="Text a module keeps beside its knobs.")

    @property
    def data_size(self) -> int:
        """Characters of text it keeps."""
        return sum(map(len, self.data.values()))


class Patch(Frozen):
    """Everything needed to make the same sound again."""

    schema_id: str = Field(default=SCHEMA_ID, alias="$schema", description="Names the JSON Schema of this file.")
    schema_version: int = Field(default=SCHEMA_VERSION, description="Version of the file format.")
    title: Text = Field(default="", description="Name of the patch.")
    notes: DataText = Field(default="", description="What the maker wants to say about it.")
    modules: dict[Identifier, PlacedModule] = Field(
        default_factory=dict, max_length=MOST_MODULES, description="Modules by id."
    )
    cables: dict[Identifier, Cable] = Field(default_factory=dict, max_length=MOST_CABLES, description="Cables by id.")

    def to_json(self) -> dict[str, Any]:
        """The patch as JSON values, keys as in the file."""
        return self.model_dump(mode="json", by_alias=True)
