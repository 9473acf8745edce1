/** Saving the patch into the library and loading one from it. */
import { button, html } from "../drawing/svg";
import type { LibraryEntry } from "../protocol/messages";
import type { Client } from "../state/client";

export class LibraryDialog {
  readonly element = html("dialog", { class: "library", "aria-label": "Library of patches" });
  private readonly name = html("input", { type: "text", maxlength: 120, "aria-label": "Name to save under", placeholder: "Name of the patch", spellcheck: "false" });
  private readonly list = html("div", { class: "patches" });

  constructor(private readonly client: Client) {
    const form = html("form", {}, this.name, html("button", { type: "submit", class: "primary" }, "Save"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    this.element.append(html("header", {}, html("h2", {}, "Library")), form, this.list);
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close();
    });
  }

  async open(): Promise<void> {
    if (this.element.open) return;
    this.name.value = this.client.patch.shown.title;
    this.element.showModal();
    await this.fill();
  }

  private async fill(): Promise<void> {
    const patches = await this.client.library();
    const own = patches?.filter((entry) => !entry.ready_made) ?? [];
    const readyMade = patches?.filter((entry) => entry.ready_made) ?? [];
    this.list.replaceChildren(
      ...this.shelf("Yours", own, "Nothing saved yet."),
      ...this.shelf("Ready-made", readyMade, "None came with this server."));
  }

  private shelf(title: string, entries: readonly LibraryEntry[], empty: string): HTMLElement[] {
    const rows = entries.map((entry) => this.row(entry));
    return [html("h3", {}, title), ...(rows.length ? rows : [html("p", { class: "nothing" }, empty)])];
  }

  private row(entry: LibraryEntry): HTMLElement {
    const made = entry.ready_made ? "" : `  ·  ${new Date(entry.modified * 1000).toLocaleString()}`;
    const row = button("", { class: "patch" }, () => void this.load(entry.name));
    row.append(
      html("strong", {}, entry.title || entry.name),
      html("span", {}, `${entry.modules} ${entry.modules === 1 ? "module" : "modules"}${made}`));
    return row;
  }

  private async save(): Promise<void> {
    const name = this.name.value.trim();
    if (!name) return this.name.focus();
    if (await this.client.save(name)) this.element.close();
  }

  private async load(name: string): Promise<void> {
    if (await this.client.load(name)) this.element.close();
  }
}
