/** The foot of the page: the connection, the engine, its load, the way to it. */
import { html } from "../drawing/svg";
import type { EngineStatus } from "../protocol/messages";
import type { SessionState } from "../protocol/world";
import type { Client } from "../state/client";

const REFRESH_MS = 500;
const HIGH_LOAD = 0.7;
/** Late blocks are pointed out this many refreshes long. */
const CALM_AFTER = 6;

export function statusBar(client: Client): HTMLElement {
  const connection = html("span", { class: "connection", role: "status" });
  const engine = html("span", { class: "engine", role: "status" });
  const load = html("meter", { min: 0, max: 1, high: HIGH_LOAD, optimum: 0, "aria-label": "Load of the engine" });
  const numbers = html("span", { class: "numbers" });
  const way = html("span", { class: "way" });
  const element = html("footer", { class: "status" }, connection, engine, html("span", { class: "space" }), load, numbers, way);

  client.connectionChanged.on((state) => {
    connection.dataset["is"] = state.is;
    connection.textContent = connectionWords(state);
    connection.title = client.server;
    document.body.dataset["connection"] = state.is;
  });
  client.engine.statusChanged.on((status) => {
    engine.dataset["is"] = status.state;
    engine.textContent = engineWords(status);
  });
  let [before, calm] = [0, 0];
  setInterval(() => {
    const meters = client.meters.latest;
    const late = meters?.late_blocks ?? 0;
    calm = late > before ? 0 : calm + 1;
    before = late;
    load.value = meters?.load ?? 0;
    numbers.textContent = meters
      ? `load ${(meters.load * 100).toFixed(0)} %  ·  ${late} late ${late === 1 ? "block" : "blocks"}`
      : "";
    numbers.classList.toggle("late", late > 0 && calm < CALM_AFTER);
    const roundTrip = client.session.clock.roundTrip;
    way.textContent = client.session.isOpen && roundTrip !== undefined ? `${(roundTrip * 1000).toFixed(1)} ms there and back` : "";
  }, REFRESH_MS);
  return element;
}

export function connectionWords(state: SessionState): string {
  switch (state.is) {
    case "open":
      return "Connected";
    case "connecting":
      return "Connecting…";
    case "waiting":
      return `${state.reason || "The server cannot be reached."} Trying again…`;
    case "unpaired":
      return "Not paired";
    case "closed":
      return "Not connected";
  }
}

export function engineWords({ state, sentence, driver, rate, block }: EngineStatus): string {
  if (state !== "playing") return sentence;
  const milliseconds = (1000 * block) / rate;
  return `Playing  ·  ${driver}  ·  ${rate / 1000} kHz  ·  ${block} frames (${milliseconds.toFixed(2)} ms)`;
}
