/** Commands turn a patch into the next patch, or are rejected: what the server does, done here for the echo. */
import type { Cable, Command, PlacedModule } from "../protocol/messages";
import { sameJack, type RackPatch } from "./patch";

/** A command that the patch does not allow. */
export class Rejected extends Error {
  constructor(readonly code: string, sentence: string) {
    super(sentence);
    this.name = "Rejected";
  }
}

/** The patch after all of `commands`. Throws Rejected at the first that does not fit. */
export function applyBatch(patch: RackPatch, commands: readonly Command[]): RackPatch {
  return commands.reduce(apply, patch);
}

/** The patch after `command`. Throws Rejected, and the patch is as it was. */
export function apply(patch: RackPatch, command: Command): RackPatch {
  switch (command.do) {
    case "add_module":
      if (patch.modules.has(command.id)) throw new Rejected("duplicate_id", `There is a module ${command.id} already.`);
      return withModule(patch, command.id, command.module);
    case "remove_module":
      return withoutModule(patch, command.id);
    case "move_module":
      return change(patch, command.id, { position: command.position, rotation: command.rotation });
    case "connect":
      return connect(patch, command.id, command.cable);
    case "disconnect":
      if (!patch.cables.has(command.id)) throw new Rejected("unknown_cable", `There is no cable ${command.id}.`);
      return { ...patch, cables: without(patch.cables, command.id) };
    case "set_knob": {
      const { knobs } = moduleIn(patch, command.module);
      return change(patch, command.module, { knobs: { ...knobs, [command.knob]: command.value } });
    }
    case "set_label":
      return change(patch, command.id, { label: command.label });
    case "set_data": {
      const { [command.key]: _, ...data } = moduleIn(patch, command.id).data;
      return change(patch, command.id, { data: command.text === null ? data : { ...data, [command.key]: command.text } });
    }
    case "describe":
      return { ...patch, title: command.title, notes: command.notes };
  }
}

function moduleIn(patch: RackPatch, id: string): PlacedModule {
  const found = patch.modules.get(id);
  if (!found) throw new Rejected("unknown_module", `There is no module ${id} in the patch.`);
  return found;
}

function withoutModule(patch: RackPatch, id: string): RackPatch {
  moduleIn(patch, id);
  const cables = [...patch.cables].filter(([, cable]) => cable.from.module !== id && cable.to.module !== id);
  return { ...patch, modules: without(patch.modules, id), cables: new Map(cables) };
}

function connect(patch: RackPatch, id: string, cable: Cable): RackPatch {
  if (patch.cables.has(id)) throw new Rejected("duplicate_id", `There is a cable ${id} already.`);
  moduleIn(patch, cable.from.module);
  moduleIn(patch, cable.to.module);
  for (const other of patch.cables.values()) {
    if (sameJack(other.from, cable.from) && sameJack(other.to, cable.to)) {
      throw new Rejected("duplicate_cable", "These two jacks are connected already.");
    }
  }
  return { ...patch, cables: new Map(patch.cables).set(id, cable) };
}

function change(patch: RackPatch, id: string, fields: Partial<PlacedModule>): RackPatch {
  return withModule(patch, id, { ...moduleIn(patch, id), ...fields });
}

function withModule(patch: RackPatch, id: string, module: PlacedModule): RackPatch {
  return { ...patch, modules: new Map(patch.modules).set(id, module) };
}

function without<V>(map: ReadonlyMap<string, V>, key: string): Map<string, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
