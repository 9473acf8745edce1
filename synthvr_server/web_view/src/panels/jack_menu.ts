/** What can be done with a jack: look at its signal, unplug its cables. */
import { button, html } from "../drawing/svg";
import { bare, type AimedJack } from "../hands/aimed_jack";
import type { Jack } from "../protocol/messages";
import { jackOf } from "../state/catalogue";
import type { Client } from "../state/client";
import { cablesAt } from "../state/edits";

export class JackMenu {
  readonly element = html("div", { class: "jack-menu", popover: "auto", role: "menu" });

  /** `look` opens a scope, `begin` begins a cable. */
  constructor(
    private readonly client: Client, private readonly look: (jack: Jack) => void, private readonly begin: (jack: AimedJack) => void,
  ) {
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
  }

  open(jack: AimedJack, x: number, y: number): void {
    const info = jackOf(this.client.info(jack.module), jack.jack);
    if (!info) return;
    const scope = this.item("Scope and spectrum", () => this.look(bare(jack)));
    this.element.replaceChildren(
      html("p", {}, `${nameOf(this.client, jack)}  ·  ${info.kind}`),
      ...(info.help ? [html("p", { class: "help" }, info.help)] : []),
      scope,
      this.item("Begin a cable here", () => this.begin(jack)),
      ...cablesAt(this.client.patch.shown, jack).map((cable) => this.unplug(cable, jack)));
    this.element.style.left = `${Math.min(x, window.innerWidth - 280)}px`;
    this.element.style.top = `${Math.min(y, window.innerHeight - 200)}px`;
    this.element.showPopover();
    scope.focus();
  }

  private unplug(id: string, jack: Jack): HTMLElement {
    const cable = this.client.patch.shown.cables.get(id);
    const other = cable && (cable.to.module === jack.module && cable.to.jack === jack.jack ? cable.from : cable.to);
    return this.item(`Unplug ${other ? nameOf(this.client, other) : id}`, () => void this.client.edit({ do: "disconnect", id }));
  }

  private item(text: string, act: () => void): HTMLButtonElement {
    return button(text, { role: "menuitem" }, () => {
      this.element.hidePopover();
      act();
    });
  }
}

/** "VCO Saw": the module as the user calls it, and the jack's label. */
export function nameOf(client: Client, { module, jack }: Jack): string {
  const info = client.info(module);
  const title = client.patch.shown.modules.get(module)?.label || info?.title || module;
  return `${title} ${jackOf(info, jack)?.label ?? jack}`;
}
