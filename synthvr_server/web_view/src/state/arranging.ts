/**
 * Hangs modules by signal flow: every cable but those that come back goes to the right. In as many rows as make the
 * rack fill a screen; rank by longest path, then each module at the first place that its sources leave it.
 */
import { ROW_MM, type Place } from "./placing";
import type { RackPatch } from "./patch";

export interface Size {
  readonly width: number;
  readonly height: number;
}

const MOST_ROWS = 8;
/** A module rather hangs this much further to the right than in another row than all that it hears. */
const ANOTHER_ROW_MM = 60;

/** Places by id for the modules of `sizes`, around the middle of the rack; `aspect` is the screen's width by its height. */
export function arranged(patch: RackPatch, sizes: ReadonlyMap<string, Size>, aspect: number): Map<string, Place> {
  const flow = flowOf(patch, sizes);
  let best = inRows(flow, sizes, 1);
  for (let rows = 2; rows <= Math.min(MOST_ROWS, sizes.size); rows++) {
    const next = inRows(flow, sizes, rows);
    if (scaleIn(next, aspect) > scaleIn(best, aspect)) best = next;
  }
  return new Map([...best.places].map(([id, { x, y }]) => [id, { x: x - best.width / 2, y: y + best.height / 2 }]));
}

/** The modules that hang at the origin, where nobody hung them, if more than one does: these have no place yet. */
export function unplaced(patch: RackPatch): string[] {
  const there = [...patch.modules].filter(([, { position }]) => position.every((value) => value === 0)).map(([id]) => id);
  return there.length > 1 ? there : [];
}

interface Flow {
  /** Sources before targets. */
  readonly order: readonly string[];
  readonly sources: ReadonlyMap<string, readonly string[]>;
}

/** Depth first from what hears nobody; a cable to a module that is still being walked comes back, and counts for nothing. */
function flowOf(patch: RackPatch, sizes: ReadonlyMap<string, Size>): Flow {
  const ids = [...patch.modules.keys()].filter((id) => sizes.has(id));
  const targets = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  for (const { from, to } of patch.cables.values()) {
    if (from.module !== to.module && targets.has(to.module)) targets.get(from.module)?.add(to.module);
  }
  const heard = new Set([...targets.values()].flatMap((set) => [...set]));
  const sources = new Map<string, string[]>(ids.map((id) => [id, []]));
  const state = new Map<string, "open" | "done">();
  const backwards: string[] = [];
  const visit = (id: string) => {
    state.set(id, "open");
    for (const target of targets.get(id) ?? []) {
      if (state.get(target) === "open") continue;
      sources.get(target)?.push(id);
      if (!state.has(target)) visit(target);
    }
    state.set(id, "done");
    backwards.push(id);
  };
  for (const id of [...ids.filter((id) => !heard.has(id)), ...ids]) if (!state.has(id)) visit(id);
  const ranks = new Map<string, number>();
  for (const id of backwards.reverse()) ranks.set(id, Math.max(0, ...(sources.get(id) ?? []).map((source) => (ranks.get(source) ?? 0) + 1)));
  return { order: [...ranks].sort(([, one], [, other]) => one - other).map(([id]) => id), sources };
}

interface Rows {
  readonly places: ReadonlyMap<string, Place>;
  readonly width: number;
  readonly height: number;
}

/** Each module goes to the row where it can hang furthest to the left; that of a source may cost some length. */
function inRows({ order, sources }: Flow, sizes: ReadonlyMap<string, Size>, count: number): Rows {
  const ends = new Array<number>(count).fill(0);
  const places = new Map<string, Place>();
  const rowOf = new Map<string, number>();
  for (const id of order) {
    const { width } = sizes.get(id)!;
    const from = (sources.get(id) ?? []).filter((source) => places.has(source));
    const least = Math.max(0, ...from.map((source) => places.get(source)!.x + 0.5 - width / 2));
    const rows = new Set(from.map((source) => rowOf.get(source)));
    const starts = ends.map((end) => Math.max(end, least));
    const costs = starts.map((start, row) => start + (rows.has(row) ? 0 : ANOTHER_ROW_MM));
    const row = costs.indexOf(Math.min(...costs));
    places.set(id, { x: starts[row]! + width / 2, y: -row * ROW_MM });
    rowOf.set(id, row);
    ends[row] = starts[row]! + width;
  }
  const height = (Math.max(0, ...rowOf.values())) * ROW_MM;
  return { places, width: Math.max(0, ...ends), height };
}

/** How large a rack can be shown on a screen of this aspect. */
function scaleIn({ width, height }: Rows, aspect: number): number {
  return Math.min(aspect / Math.max(1, width), 1 / (height + ROW_MM));
}
