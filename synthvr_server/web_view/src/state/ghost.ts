/** A module that the catalogue does not know: its panel is made up from the cables that still hang in it. */
import type { ModuleInfo, Panel, PlacedModule } from "../protocol/messages";
import type { RackPatch } from "./patch";

const WIDTH_MM = 8 * 5.08;
const HEIGHT_MM = 128.5;
const COLUMNS = 3;
const PITCH_MM = 13;
const TOP_MM = 46;

export const GHOST_FAMILY = "ghost";

export function ghostInfo(id: string, module: PlacedModule, patch: RackPatch): ModuleInfo {
  const cables = [...patch.cables.values()];
  const inputs = distinct(cables.filter(({ to }) => to.module === id).map(({ to }) => to.jack));
  const outputs = distinct(cables.filter(({ from }) => from.module === id).map(({ from }) => from.jack));
  const jack = (name: string) => ({ id: name, label: name, kind: "cv" as const, help: "" });
  return {
    id: module.type,
    title: module.type,
    description: "Nobody here knows this module: it makes no sound, and is saved back untouched.",
    tags: [GHOST_FAMILY],
    inputs: inputs.map((name) => ({ ...jack(name), normal: 0 })),
    outputs: outputs.map(jack),
    knobs: [],
    plays_notes: false,
    latency: 0,
    by_chance: false,
    being_made: false,
    panel: { width: WIDTH_MM, height: HEIGHT_MM, places: inGrid([...inputs, ...outputs]) },
  };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function inGrid(names: readonly string[]): Panel["places"] {
  return Object.fromEntries(names.map((name, index) => {
    const column = index % COLUMNS;
    const row = Math.floor(index / COLUMNS);
    return [name, [WIDTH_MM / 2 + (column - (COLUMNS - 1) / 2) * PITCH_MM, TOP_MM + row * PITCH_MM] as [number, number]];
  }));
}
