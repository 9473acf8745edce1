/** Over the rack, for as long as what people do is not kept on the server's disk: why. */
import { html } from "../drawing/svg";
import type { Client } from "../state/client";

export function keepingBanner(client: Client): HTMLElement {
  const element = html("p", { class: "banner bad keeping", role: "alert" });
  const show = () => {
    element.textContent = client.keeping.notKept ?? "";
    element.hidden = client.keeping.notKept === null;
  };
  client.keeping.changed.on(show);
  show();
  return element;
}
