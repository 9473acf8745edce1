/** What can be done with a module, a knob, a jack, a cable and the whole rack, as menus. */
import type { AimedJack } from "../hands/aimed_jack";
import type { CableHand } from "../hands/cable_hand";
import type { KnobHand } from "../hands/knob_hand";
import type { ModuleHand } from "../hands/module_hand";
import type { RackView } from "../drawing/rack_view";
import type { Jack } from "../protocol/messages";
import { jackOf, knobOf } from "../state/catalogue";
import type { Client } from "../state/client";
import { cablesAt, recoloured } from "../state/edits";
import { knobText } from "../state/knob_text";
import { cableName, jackName, titleOf } from "../state/naming";
import { sameJack } from "../state/patch";
import { CABLE_COLOURS } from "../drawing/colours";
import type { MenuContent, MenuItem } from "./menu";

/** What the menus need of the page. */
export interface RackDoings {
  scope(jack: Jack): void;
  duplicate(module: string): void;
  add(): void;
  newPatch(): void;
  arrange(): void;
  library(): void;
  help(): void;
  /** Opens the menu of a cable where the one of its jack is. */
  cable(id: string): void;
}

export class RackMenus {
  constructor(
    private readonly client: Client, private readonly rack: RackView, private readonly knobs: KnobHand, private readonly cables: CableHand,
    private readonly modules: ModuleHand, private readonly doings: RackDoings,
  ) {}

  jack(jack: AimedJack): MenuContent | null {
    const { client, doings } = this;
    const info = jackOf(client.info(jack.module), jack.jack);
    if (!info) return null;
    const { cables } = client.patch.shown;
    const plugged = cablesAt(client.patch.shown, jack).flatMap((id): MenuItem[] => {
      const cable = cables.get(id);
      if (!cable) return [];
      const other = jackName(client, sameJack(cable.to, jack) ? cable.from : cable.to);
      return [{ words: `Unplug ${other}`, act: () => void client.edit({ do: "disconnect", id }) }, { words: `Cable to ${other}…`, act: () => doings.cable(id) }];
    });
    return {
      title: `${jackName(client, jack)}  ·  ${info.kind}`,
      help: info.help,
      items: [
        { words: "Scope and spectrum", act: () => doings.scope({ module: jack.module, jack: jack.jack }) },
        { words: "Begin a cable here", act: () => this.cables.begin(jack) },
        ...plugged,
      ],
    };
  }

  cable(id: string): MenuContent | null {
    const { client } = this;
    const cable = client.patch.shown.cables.get(id);
    if (!cable) return null;
    return {
      title: cableName(client, cable),
      items: [
        { words: "Unplug", act: () => void client.edit({ do: "disconnect", id }) },
        { words: `Take the end at ${jackName(client, cable.to)}`, act: () => this.cables.takeEnd(id, "to") },
        { words: `Take the end at ${jackName(client, cable.from)}`, act: () => this.cables.takeEnd(id, "from") },
      ],
      colours: {
        colours: CABLE_COLOURS,
        chosen: cable.color,
        choose: (colour) => void client.edit(...recoloured(id, cable, colour)),
      },
    };
  }

  knob(module: string, knob: string): MenuContent | null {
    const { client } = this;
    const info = knobOf(client.info(module), knob);
    const placed = client.patch.shown.modules.get(module);
    if (!info || !placed) return null;
    const value = client.knobs.value(module, placed, info);
    const items: MenuItem[] = info.choices.length
      ? info.choices.map((words, position) => ({ words, chosen: position === Math.round(value), act: () => this.knobs.turnTo(module, knob, position) }))
      : [
        { words: "Type a value…", act: () => this.knobs.typeInto(module, knob) },
        { words: `Back to ${knobText(info, info.default)}`, act: () => this.knobs.turnTo(module, knob, info.default) },
      ];
    return { title: `${titleOf(client, module)} ${info.label}: ${knobText(info, value)}`, help: info.help, items };
  }

  module(id: string): MenuContent | null {
    const info = this.client.info(id);
    return info ? {
      title: titleOf(this.client, id),
      help: info.description,
      items: [
        { words: "Show it large", act: () => this.rack.close(id) },
        { words: "Give it a name…", act: () => this.modules.name(id) },
        { words: "Duplicate", act: () => this.doings.duplicate(id) },
        { words: "Remove", act: () => this.modules.remove(id) },
      ],
    } : null;
  }

  whole(): MenuContent {
    const { doings } = this;
    return {
      title: this.client.patch.shown.title || "Untitled patch",
      items: [
        { words: "Add a module…", act: doings.add },
        { words: "Arrange by signal flow", act: doings.arrange },
        { words: "Show the whole rack", act: () => this.rack.fit() },
        { words: "New patch", act: doings.newPatch },
        { words: "Library…", act: doings.library },
        { words: "Keys and gestures…", act: doings.help },
      ],
    };
  }
}
