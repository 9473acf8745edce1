/** The library: saving, loading, renaming, deleting, files in and out, and earlier versions. */
import { button, html } from "../drawing/svg";
import type { BackupEntry, LibraryEntry } from "../protocol/messages";
import type { Client } from "../state/client";
import type { Outcome } from "../state/patch_library";
import { dialog } from "./dialog";
import { chooseFile, keepFile } from "./patch_files";
import type { Question } from "./question";

export class LibraryDialog {
  readonly element: HTMLDialogElement;
  private readonly name = html("input", { type: "text", maxlength: 120, "aria-label": "Name to save under", placeholder: "Name of the patch", spellcheck: "false", autofocus: "" });
  private readonly list = html("div", { class: "patches" });

  constructor(private readonly client: Client, private readonly question: Question) {
    const form = html("form", {}, this.name, html("button", { type: "submit", class: "primary" }, "Save"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    this.element = dialog("library", "Library", form,
      html("p", { class: "acts" },
        button("New patch", {}, () => void this.newPatch()),
        button("Import a file…", {}, () => void this.bring()),
        button("Export this patch", {}, () => void this.export(null))),
      this.list);
  }

  async open(): Promise<void> {
    if (this.element.open) return;
    this.name.value = this.client.patch.shown.title;
    this.element.showModal();
    await this.fill();
  }

  async newPatch(): Promise<void> {
    this.closeWhenDone(await this.client.library.newPatch());
  }

  private async fill(): Promise<void> {
    const { library } = this.client;
    const [patches, backups] = await Promise.all([library.list(), library.backups()]);
    this.list.replaceChildren(
      ...shelf("Yours", (patches ?? []).filter((entry) => !entry.ready_made).map((entry) => this.own(entry)), "Nothing saved yet."),
      ...shelf("Ready-made", (patches ?? []).filter((entry) => entry.ready_made).map((entry) => this.patch(entry)), "None came with this server."),
      html("details", {}, html("summary", {}, `Earlier versions (${backups?.length ?? 0})`),
        ...(backups ?? []).map((entry) => this.backup(entry))));
  }

  private own(entry: LibraryEntry): HTMLElement {
    const { name } = entry;
    return html("div", { class: "own" }, this.patch(entry),
      button("Rename", { "aria-label": `Rename ${name}` }, () => void this.rename(name)),
      button("Export", { "aria-label": `Export ${name}` }, () => void this.export(name)),
      button("Delete", { "aria-label": `Delete ${name}` }, () => void this.remove(name)));
  }

  private patch(entry: LibraryEntry): HTMLElement {
    const words = entry.title && entry.title !== entry.name ? `${entry.name}  ·  ${entry.title}` : entry.name;
    return row(entry.ready_made ? entry.title || entry.name : words, entry, entry.modified, () => void this.load(entry.name));
  }

  private backup(entry: BackupEntry): HTMLElement {
    return row(entry.name, entry, entry.saved, () => void this.client.library.loadBackup(entry).then((outcome) => this.closeWhenDone(outcome)));
  }

  /** What has no title yet is called what it is saved as. */
  private async save(): Promise<void> {
    const name = this.name.value.trim();
    if (!name) return this.name.focus();
    const { title, notes } = this.client.patch.shown;
    const call = (called: string) => title !== "" || this.client.edit({ do: "describe", title: called, notes });
    if (!(await call(name))) return;
    const outcome = await this.replacing(name, (replace) => this.client.library.save(name, replace));
    if (outcome !== "done") await call("");
    this.closeWhenDone(outcome);
  }

  private async load(name: string): Promise<void> {
    this.closeWhenDone(await this.client.library.load(name));
  }

  private async rename(name: string): Promise<void> {
    const to = await this.question.name(`A new name for “${name}”`, "Rename", name);
    if (to === null || to === name) return;
    await this.replacing(to, (replace) => this.client.library.rename(name, to, replace));
    await this.fill();
  }

  private async remove(name: string): Promise<void> {
    await this.client.library.remove(name);
    await this.fill();
  }

  private async bring(): Promise<void> {
    const file = await chooseFile();
    if (!file) return;
    const name = file.name.replace(/\.json$/i, "");
    const text = await file.text();
    await this.replacing(name, (replace) => this.client.library.bring(name, text, replace));
    await this.fill();
  }

  private async export(name: string | null): Promise<void> {
    const file = await this.client.library.export(name);
    if (file) keepFile(`${file.name}.json`, file.text);
  }

  /** Does it; where that would replace a patch, only after somebody has said so. */
  private async replacing(name: string, act: (replace: boolean) => Promise<Outcome>): Promise<Outcome> {
    const outcome = await act(false);
    if (outcome !== "exists") return outcome;
    const isAgreed = await this.question.confirm(`There is a patch “${name}” already. Replace it? The old one is kept among the earlier versions.`, "Replace");
    return isAgreed ? act(true) : "exists";
  }

  private closeWhenDone(outcome: Outcome): void {
    if (outcome === "done") this.element.close();
  }
}

function shelf(title: string, rows: readonly HTMLElement[], empty: string): HTMLElement[] {
  return [html("h3", {}, title), ...(rows.length ? rows : [html("p", { class: "nothing" }, empty)])];
}

function row(title: string, { modules, problem }: { modules: number | null; problem: string }, time: number, load: () => void): HTMLElement {
  const count = modules === null ? "" : `${modules} ${modules === 1 ? "module" : "modules"}`;
  const when = time ? new Date(time * 1000).toLocaleString() : "";
  const made = button("", { class: "patch" }, load);
  made.append(html("strong", {}, title), html("span", {}, problem || [count, when].filter(Boolean).join("  ·  ")));
  made.disabled = problem !== "";
  return made;
}
