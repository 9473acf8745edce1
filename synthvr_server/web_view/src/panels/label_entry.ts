/** Takes a name of the user's own for a module, on the panel where its title is. */
import { html } from "../drawing/svg";

const MOST_LETTERS = 200;

/** An empty name shows the module's title again; Escape leaves everything as it was. */
export function enterLabel(panel: HTMLElement, label: string, title: string, done: (label: string) => void): void {
  const entry = html("input", { class: "label-entry", type: "text", maxlength: MOST_LETTERS, "aria-label": "Name of the module", placeholder: title, spellcheck: "false" });
  entry.value = label;
  let over = false;
  const close = (keep: boolean) => {
    if (over) return;
    over = true;
    entry.remove();
    panel.focus();
    const typed = entry.value.trim();
    if (keep && typed !== label) done(typed);
  };
  entry.addEventListener("blur", () => close(true));
  entry.addEventListener("pointerdown", (event) => event.stopPropagation());
  entry.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" || event.key === "Escape") close(event.key === "Enter");
  });
  panel.append(entry);
  entry.focus();
  entry.select();
}
