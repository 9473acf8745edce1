/** Short sentences at the foot of the view, gone after a while. */
import { html } from "../drawing/svg";
import type { Client } from "../state/client";

const STAY_MS = { good: 3_500, bad: 7_000 } as const;
const MOST = 4;

export function toasts(client: Client): HTMLElement {
  const element = html("div", { class: "toasts", role: "log", "aria-live": "polite" });
  client.told.on(({ mood, sentence }) => {
    const same = [...element.children].find((toast) => toast.textContent === sentence);
    same?.remove();
    const toast = html("p", { class: `toast ${mood}` }, sentence);
    toast.addEventListener("click", () => toast.remove());
    element.append(toast);
    while (element.children.length > MOST) element.firstElementChild?.remove();
    setTimeout(() => toast.remove(), STAY_MS[mood]);
  });
  return element;
}
