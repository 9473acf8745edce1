/** The modules there are, found by id and by words. */
import type { CatalogueChange, InputInfo, KnobInfo, ModuleInfo, OutputInfo } from "../protocol/messages";

export interface JackInfo extends OutputInfo {
  readonly side: "input" | "output";
}

export class Catalogue {
  private readonly byId: ReadonlyMap<string, ModuleInfo>;

  constructor(readonly modules: readonly ModuleInfo[] = []) {
    this.byId = new Map(modules.map((info) => [info.id, info]));
  }

  /** What there is after a change; the others stay the same objects. */
  after({ modules, gone }: CatalogueChange): Catalogue {
    const changed = new Map(modules.map((info) => [info.id, info]));
    const kept = this.modules.filter(({ id }) => !gone.includes(id)).map((info) => changed.get(info.id) ?? info);
    return new Catalogue([...kept, ...modules.filter(({ id }) => !this.byId.has(id))]);
  }

  /** Undefined for a ghost: a module nobody here knows. */
  get(type: string): ModuleInfo | undefined {
    return this.byId.get(type);
  }

  /**
   * Modules that match every word: best those whose title starts with one, then titles, tags, descriptions.
   * An empty query finds all, by family and title.
   */
  search(query: string): ModuleInfo[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return this.modules
      .map((info) => ({ info, rank: words.reduce((sum, word) => sum + wordRank(info, word), 0) }))
      .filter(({ rank }) => Number.isFinite(rank))
      .sort((one, other) =>
        one.rank - other.rank || compare(family(one.info), family(other.info)) || compare(one.info.title, other.info.title))
      .map(({ info }) => info);
  }
}

/** The first tag. */
export function family(info: ModuleInfo): string {
  return info.tags[0] ?? "other";
}

export function jacksOf(info: ModuleInfo): JackInfo[] {
  return [...info.inputs.map(as("input")), ...info.outputs.map(as("output"))];
}

export function jackOf(info: ModuleInfo | undefined, id: string): JackInfo | undefined {
  return info && jacksOf(info).find((jack) => jack.id === id);
}

export function knobOf(info: ModuleInfo | undefined, id: string): KnobInfo | undefined {
  return info?.knobs.find((knob) => knob.id === id);
}

function as(side: "input" | "output"): (jack: InputInfo | OutputInfo) => JackInfo {
  return ({ id, label, kind, help }) => ({ id, label, kind, help, side });
}

function wordRank(info: ModuleInfo, word: string): number {
  const title = info.title.toLowerCase();
  if (title.startsWith(word) || info.id.startsWith(word)) return 0;
  if (title.includes(word)) return 1;
  if (info.tags.some((tag) => tag.toLowerCase().includes(word))) return 2;
  return info.description.toLowerCase().includes(word) ? 3 : Infinity;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
