/** The patch as an immutable value, with maps in place of the wire's records. Nobody changes an entry in place. */
import type { Cable, Jack, Patch, PlacedModule, Quaternion } from "../protocol/messages";

export interface RackPatch {
  readonly title: string;
  readonly notes: string;
  readonly modules: ReadonlyMap<string, PlacedModule>;
  readonly cables: ReadonlyMap<string, Cable>;
}

export const EMPTY_PATCH: RackPatch = { title: "", notes: "", modules: new Map(), cables: new Map() };
export const UPRIGHT: Quaternion = [0, 0, 0, 1];

export function rackPatch({ title, notes, modules, cables }: Patch): RackPatch {
  return { title, notes, modules: new Map(Object.entries(modules)), cables: new Map(Object.entries(cables)) };
}

export function sameJack(one: Jack, other: Jack): boolean {
  return one.module === other.module && one.jack === other.jack;
}
