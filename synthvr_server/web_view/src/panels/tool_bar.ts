/** The head of the page: the patch's name and everything that can be done to it as a whole. */
import type { CableLook } from "../drawing/overlay";
import { button, html } from "../drawing/svg";
import type { Listener } from "../sound/listener";
import type { Client } from "../state/client";

export interface ToolActions {
  add(): void;
  library(): void;
  notes(): void;
  fit(): void;
  keyboard(): void;
  cables(): CableLook;
}

export function toolBar(client: Client, listener: Listener, people: HTMLElement, actions: ToolActions): HTMLElement {
  const cables = button("Cables", { title: "Cables: full, faint, hidden" }, () => {
    cables.dataset["look"] = actions.cables();
  });
  return html("header", { class: "tools" },
    html("span", { class: "mark" }, "Synth", html("b", {}, "VR")),
    titleField(client),
    html("span", { class: "group" },
      button("Add module", { class: "primary", title: "Add a module (Ctrl+K)" }, actions.add),
      button("Library", { title: "Save and load patches (Ctrl+S)" }, actions.library),
      button("Notes", { title: "What the maker says about this patch" }, actions.notes)),
    html("span", { class: "group" },
      button("Undo", { title: "Undo (Ctrl+Z)" }, () => void client.undo()),
      button("Redo", { title: "Redo (Shift+Ctrl+Z)" }, () => void client.redo())),
    html("span", { class: "group" },
      button("Fit", { title: "Show the whole rack (Home)" }, actions.fit),
      cables,
      button("Keys", { title: "Show or hide the keyboard" }, actions.keyboard)),
    html("span", { class: "space" }),
    people,
    listenButton(listener));
}

function titleField(client: Client): HTMLElement {
  const field = html("input", { class: "patch-title", type: "text", "aria-label": "Name of the patch", placeholder: "Untitled patch", maxlength: 200, spellcheck: "false" });
  client.patch.changed.on(({ title }) => {
    if (document.activeElement !== field) field.value = title;
    document.title = title ? `${title} · SynthVR` : "SynthVR";
  });
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") field.value = client.patch.shown.title;
    if (event.key === "Enter" || event.key === "Escape") field.blur();
  });
  field.addEventListener("blur", () => {
    const { title, notes } = client.patch.shown;
    if (field.value !== title) void client.edit({ do: "describe", title: field.value, notes });
  });
  return field;
}

function listenButton(listener: Listener): HTMLElement {
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
