/** Over the rack, while there is no sound: why, and how far the engine has come. */
import { html } from "../drawing/svg";
import type { Client } from "../state/client";
import { connectionWords } from "./status_bar";

export function engineBanner(client: Client): HTMLElement {
  const element = html("p", { class: "banner", role: "status" });
  const show = () => {
    const { connection, engine: { status: engine } } = client;
    const words = connection.is !== "open" ? connectionWords(connection) : engine && engine.state !== "playing" ? engine.sentence : "";
    element.textContent = words;
    element.hidden = words === "";
    element.classList.toggle("bad", connection.is === "waiting" || engine?.state === "failed");
  };
  client.connectionChanged.on(show);
  client.engine.statusChanged.on(show);
  show();
  return element;
}
