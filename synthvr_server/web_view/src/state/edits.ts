/** Edits in the musician's words, as commands. */
import type { AddModule, Cable, Command, Jack, ModuleInfo, PlacedModule } from "../protocol/messages";
import { sameJack, UPRIGHT, type RackPatch } from "./patch";
import type { Place } from "./placing";

/** An id that nobody will choose again. `random` is 0–1. */
export function newId(stem: string, random: () => number = Math.random): string {
  const letters = Array.from({ length: 8 }, () => Math.floor(random() * 36).toString(36)).join("");
  return `${stem.slice(0, 48)}-${letters}`;
}

/** `like` is a module of this type whose knobs, name and texts the new one takes over; the server sees to its seed. */
export function addModule(info: ModuleInfo, place: Place, like?: PlacedModule): AddModule {
  const { knobs = {}, label = "", data = {} } = like ?? {};
  const module: PlacedModule = { type: info.id, knobs, position: [place.x, place.y, 0], rotation: UPRIGHT, label, data };
  return { do: "add_module", id: newId(info.id), module };
}

/** Moves a panel in the plane of the view; its depth and rotation stay. */
export function moveModule(id: string, module: PlacedModule, place: Place): Command {
  return { do: "move_module", id, position: [place.x, place.y, module.position[2]], rotation: module.rotation };
}

/** Plugs a cable; null where these two jacks are connected already. */
export function connect(patch: RackPatch, from: Jack, to: Jack, color = ""): Command | null {
  for (const cable of patch.cables.values()) if (sameJack(cable.from, from) && sameJack(cable.to, to)) return null;
  return { do: "connect", id: newId("cable"), cable: { from, to, color } };
}

/** The same cable in another colour: another cable between the same jacks, for a cable never changes. */
export function recoloured(id: string, { from, to }: Cable, color: string): Command[] {
  return [{ do: "disconnect", id }, { do: "connect", id: newId("cable"), cable: { from, to, color } }];
}

/** The cables in a jack, the one plugged last at the end. */
export function cablesAt(patch: RackPatch, jack: Jack): string[] {
  return [...patch.cables].filter(([, cable]) => sameJack(cable.from, jack) || sameJack(cable.to, jack)).map(([id]) => id);
}
