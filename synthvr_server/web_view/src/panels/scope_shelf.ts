/** The scopes that are open, one below the other. */
import { html } from "../drawing/svg";
import type { Jack } from "../protocol/messages";
import { SCOPES } from "../protocol/messages";
import type { Client } from "../state/client";
import { sameJack } from "../state/patch";
import { ScopePanel } from "./scope_panel";

export class ScopeShelf {
  readonly element = html("aside", { class: "scopes", "aria-label": "Scopes" });
  private panels: ScopePanel[] = [];

  constructor(private readonly client: Client) {
    client.patch.changed.on(({ modules }) => {
      for (const panel of this.panels.filter(({ jack }) => !modules.has(jack.module))) this.close(panel);
    });
  }

  open(jack: Jack): void {
    const found = this.panels.find((panel) => sameJack(panel.jack, jack));
    if (found) {
      found.element.scrollIntoView({ block: "nearest" });
      return;
    }
    const [oldest] = this.panels;
    if (oldest && this.panels.length >= SCOPES) this.close(oldest);
    const panel = new ScopePanel(this.client, jack, (closed) => this.close(closed));
    this.panels.push(panel);
    this.element.prepend(panel.element);
  }

  private close(panel: ScopePanel): void {
    this.panels = this.panels.filter((other) => other !== panel);
    panel.close();
  }
}
