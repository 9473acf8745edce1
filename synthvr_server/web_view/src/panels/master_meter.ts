/** How loud the master is: two bars in dB, a lamp where the limiter works, one where it keeps from clipping. */
import { html } from "../drawing/svg";
import type { Client } from "../state/client";
import { barOf, MasterLevel } from "../state/master_level";

export function masterMeter(client: Client): HTMLElement {
  const bars = [html("i"), html("i")] as const;
  const limiter = html("span", { class: "lamp", role: "img", title: "The limiter works" }, "LIM");
  const clip = html("span", { class: "lamp", role: "img", title: "Louder than full scale: only the limiter keeps it from clipping" }, "CLIP");
  const element = html("div", { class: "master", role: "meter", "aria-label": "Level of the master", "aria-valuemin": -60, "aria-valuemax": 6 },
    html("div", { class: "bars" }, ...bars), limiter, clip);
  const level = new MasterLevel();
  client.meters.changed.on(() => {
    level.take(client.meters.latest, performance.now() / 1000);
    bars.forEach((bar, side) => bar.style.setProperty("--level", barOf(level.peaks[side as 0 | 1]).toFixed(3)));
    limiter.classList.toggle("on", level.isLimited);
    clip.classList.toggle("on", level.isClipping);
    element.setAttribute("aria-valuetext", level.words);
    element.title = level.words;
  });
  return element;
}
