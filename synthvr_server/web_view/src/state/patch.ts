/** The patch as an immutable value, with every field filled in. Positions in mm: x right, y up, z away. */
import type { Cable, Jack, Patch, PlacedModule, Quaternion, Vector } from "../protocol/messages";

export interface RackModule {
  readonly type: string;
  readonly knobs: Readonly<Record<string, number>>;
  readonly position: Vector;
  readonly rotation: Quaternion;
  readonly label: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface RackCable {
  readonly from: Readonly<Jack>;
  readonly to: Readonly<Jack>;
  readonly color: string;
}

export interface RackPatch {
  readonly title: string;
  readonly notes: string;
  readonly modules: ReadonlyMap<string, RackModule>;
  readonly cables: ReadonlyMap<string, RackCable>;
}

export const EMPTY_PATCH: RackPatch = { title: "", notes: "", modules: new Map(), cables: new Map() };
export const UPRIGHT: Quaternion = [0, 0, 0, 1];

export function fullModule(module: PlacedModule): RackModule {
  return {
    type: module.type,
    knobs: module.knobs ?? {},
    position: module.position ?? [0, 0, 0],
    rotation: module.rotation ?? UPRIGHT,
    label: module.label ?? "",
    data: module.data ?? {},
  };
}

export function fullCable(cable: Cable): RackCable {
  return { from: cable.from, to: cable.to, color: cable.color ?? "" };
}

export function fullPatch(patch: Patch): RackPatch {
  return {
    title: patch.title ?? "",
    notes: patch.notes ?? "",
    modules: mapped(patch.modules ?? {}, fullModule),
    cables: mapped(patch.cables ?? {}, fullCable),
  };
}

export function sameJack(one: Readonly<Jack>, other: Readonly<Jack>): boolean {
  return one.module === other.module && one.jack === other.jack;
}

function mapped<A, B>(record: Record<string, A>, change: (value: A) => B): Map<string, B> {
  return new Map(Object.entries(record).map(([id, value]) => [id, change(value)]));
}
