/** What the maker of the patch wants to say about it. */
import { html } from "../drawing/svg";
import type { Client } from "../state/client";
import { dialog } from "./dialog";

const MOST_LETTERS = 65_536;

export class NotesDialog {
  readonly element: HTMLDialogElement;
  private readonly text = html("textarea", { rows: 14, maxlength: MOST_LETTERS, "aria-label": "Notes on the patch", placeholder: "What is this patch, and how is it played?", autofocus: "" });

  constructor(private readonly client: Client) {
    this.element = dialog("notes", "Notes", this.text);
    this.element.addEventListener("close", () => this.keep());
  }

  open(): void {
    if (this.element.open) return;
    this.text.value = this.client.patch.shown.notes;
    this.element.showModal();
  }

  private keep(): void {
    const { title, notes } = this.client.patch.shown;
    if (this.text.value !== notes) void this.client.edit({ do: "describe", title, notes: this.text.value });
  }
}
