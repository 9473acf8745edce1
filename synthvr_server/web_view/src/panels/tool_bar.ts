/** The head of the page: the patch's name and everything that can be done to it as a whole. */
import type { CableLook } from "../drawing/overlay";
import { button, html } from "../drawing/svg";
import { withKey } from "../hands/keys";
import type { Listener } from "../sound/listener";
import type { Client } from "../state/client";
import type { KeyboardPanel } from "./keyboard_panel";
import { listenButton, volumeSlider } from "./listen_button";
import { masterMeter } from "./master_meter";

export interface ToolActions {
  add(): void;
  library(): void;
  notes(): void;
  fit(): void;
  help(): void;
  keyboard: KeyboardPanel;
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
      button("Add module", { class: "primary", title: withKey("Add a module", "page", "add") }, actions.add),
      button("Library", { title: withKey("Save, load and keep patches", "page", "library") }, actions.library),
      button("Notes", { title: "What the maker says about this patch" }, actions.notes)),
    html("span", { class: "group" },
      button("Undo", { title: withKey("Take back your latest change", "page", "undo") }, () => void client.undo()),
      button("Redo", { title: withKey("Do again what you took back", "page", "redo") }, () => void client.redo())),
    html("span", { class: "group" },
      button("Fit", { title: withKey("Show the whole rack", "page", "fit") }, actions.fit),
      cables,
      keysButton(actions.keyboard),
      button("?", { title: withKey("Keys and gestures", "page", "help"), "aria-label": "Keys and gestures" }, actions.help)),
    html("span", { class: "space" }),
    people,
    html("span", { class: "group hearing" }, masterMeter(client), volumeSlider(listener), listenButton(listener)));
}

/** Where nothing plays notes there is no piano, and nothing to show or hide. */
function keysButton(keyboard: KeyboardPanel): HTMLElement {
  const made = button("Keys", { title: "Show or hide the piano" }, () => keyboard.toggle());
  keyboard.changed.on(() => {
    made.hidden = !keyboard.isOfUse;
    made.setAttribute("aria-pressed", String(keyboard.isShown));
  });
  return made;
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
