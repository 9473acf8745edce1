/** All keys and gestures, written from the tables that the hands themselves look into. */
import { html } from "../drawing/svg";
import { GESTURES, type GestureRow } from "../hands/gestures";
import { keysAt, keyWords, type KeyRow, type Where } from "../hands/keys";
import { dialog } from "./dialog";

const KEY_HEADS: Readonly<Record<Where, string>> = {
  page: "Anywhere", rack: "The rack", module: "A module", knob: "A knob", jack: "A jack", piano: "The piano",
};
const GESTURE_HEADS: Readonly<Record<keyof typeof GESTURES, string>> = {
  view: "The view", knob: "Knobs and switches", cable: "Cables", module: "Modules",
};

export class HelpDialog {
  readonly element = dialog("help", "Keys and gestures",
    html("p", { class: "nothing" }, "Tab goes from module to module, and to every knob and jack; keys are for what has the focus."),
    html("div", { class: "tables", tabindex: 0, autofocus: "" },
      ...Object.entries(GESTURES).map(([where, rows]) => gestures(GESTURE_HEADS[where as keyof typeof GESTURES], rows)),
      ...Object.entries(KEY_HEADS).map(([where, head]) => keys(head, keysAt(where as Where)))));

  open(): void {
    if (!this.element.open) this.element.showModal();
  }
}

function gestures(head: string, rows: readonly GestureRow[]): HTMLElement {
  return table(head, rows.map(({ id, how, does }) => ({ id, how: [how], does })));
}

/** Rows that do the same in other directions stand in one. */
function keys(head: string, rows: readonly KeyRow[]): HTMLElement {
  const joined = new Map<string, string[]>();
  for (const { keys: pressed, does } of rows) joined.set(does, [...(joined.get(does) ?? []), ...pressed]);
  return table(head, [...joined].map(([does, pressed]) => ({ how: pressed.map((key) => html("kbd", {}, keyWords(key))), does })));
}

interface Row {
  /** Of a gesture. */
  readonly id?: string;
  readonly how: readonly (Node | string)[];
  readonly does: string;
}

function table(head: string, rows: readonly Row[]): HTMLElement {
  return html("section", {}, html("h3", {}, head), html("dl", {}, ...rows.map(({ id, how, does }) =>
    html("div", { "data-gesture": id }, html("dt", {}, ...how.flatMap((part) => [part, " "])), html("dd", {}, does)))));
}
