/** Who I am to the others: a name and a colour. */
import { html } from "../drawing/svg";
import type { Client } from "../state/client";
import { dialog } from "./dialog";

const MOST_LETTERS = 60;

export class PersonDialog {
  readonly element: HTMLDialogElement;
  private readonly name = html("input", { type: "text", maxlength: MOST_LETTERS, "aria-label": "Your name", placeholder: "Your name", spellcheck: "false", autocomplete: "nickname" });
  private readonly colour = html("input", { type: "color", "aria-label": "Your colour" });

  constructor(private readonly client: Client) {
    const form = html("form", {}, this.name, this.colour, html("button", { type: "submit", class: "primary" }, "Keep"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      client.myself.become(this.name.value.trim(), this.colour.value);
      this.element.close();
    });
    this.element = dialog("person", "Who you are",
      html("p", { class: "nothing" }, "So the others see you: beside your hands, and where you turn a knob, load a patch or undo."), form);
  }

  open(): void {
    const self = this.client.people.get(this.client.session.client);
    this.name.value = self?.name ?? "";
    this.colour.value = self?.color || "#f2b33d";
    this.element.showModal();
    this.name.select();
  }
}
