/** A dialog over the page: a title, a button that closes it, Escape and a click beside it do the same. */
import { button, html } from "../drawing/svg";

export function dialog(kind: string, title: string, ...children: Node[]): HTMLDialogElement {
  const element = html("dialog", { class: kind, "aria-label": title });
  const close = button("×", { class: "close", title: "Close (Esc)", "aria-label": "Close" }, () => element.close());
  element.append(html("header", {}, html("h2", {}, title), close), ...children);
  element.addEventListener("keydown", (event) => event.stopPropagation()); // its keys are no notes
  element.addEventListener("click", (event) => event.target === element && element.close());
  return element;
}
