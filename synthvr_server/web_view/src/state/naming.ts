/** What modules, jacks, knobs and cables are called. */
import type { Cable, Jack } from "../protocol/messages";
import { jackOf } from "./catalogue";
import type { Client } from "./client";

/** As the user calls it, or else as its maker does. */
export function titleOf(client: Client, module: string): string {
  return client.patch.shown.modules.get(module)?.label || client.info(module)?.title || module;
}

/** "VCO Saw". */
export function jackName(client: Client, { module, jack }: Jack): string {
  return `${titleOf(client, module)} ${jackOf(client.info(module), jack)?.label ?? jack}`;
}

/** "VCO Saw → Ladder In". */
export function cableName(client: Client, { from, to }: Cable): string {
  return `${jackName(client, from)} → ${jackName(client, to)}`;
}
