/** Hearing the server's sound in this browser, and how loud it is here. */
import { button, html } from "../drawing/svg";
import type { Listener } from "../sound/listener";

/** Of this browser alone: the others hear what they heard. */
export function volumeSlider(listener: Listener): HTMLElement {
  const slider = html("input", {
    class: "volume", type: "range", min: 0, max: 1, step: 0.01, value: listener.volume, "aria-label": "Volume in this browser", title: "Volume in this browser",
  });
  slider.addEventListener("input", () => (listener.volume = Number(slider.value)));
  return slider;
}

export function listenButton(listener: Listener): HTMLElement {
  const made = button("", { class: "listen" }, () => void listener.toggle());
  const show = () => {
    const { is, latency, underruns } = listener.listening;
    made.dataset["is"] = is;
    made.setAttribute("aria-pressed", String(is !== "silent"));
    const late = latency === null ? "" : `  ${(latency * 1000).toFixed(0)} ms`;
    const dry = underruns > 0 ? `  ·  ${underruns} ${underruns === 1 ? "gap" : "gaps"}` : "";
    made.textContent = is === "silent" ? "Listen" : is === "starting" ? "Listening…" : `Listening${late}${dry}`;
    made.title = is === "silent" ? "Hear the master output in this browser" : "Measured from the engine to the loudspeaker; click to stop";
  };
  listener.changed.on(show);
  show();
  return made;
}
