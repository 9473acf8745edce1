/** Asks once for the code that the server shows; stays until somebody is let in. */
import { html } from "../drawing/svg";
import type { Client } from "../state/client";

export function pairingDialog(client: Client): HTMLDialogElement {
  const reason = html("p", { role: "status" });
  const code = html("input", {
    type: "text", inputmode: "numeric", maxlength: 7, autocomplete: "one-time-code", placeholder: "000000", "aria-label": "Pairing code",
  });
  const submit = html("button", { type: "submit", class: "primary" }, "Pair");
  const form = html("form", {}, code, submit);
  const element = html("dialog", { class: "pairing", "aria-label": "Pairing" },
    html("header", {}, html("h2", {}, "Pair with this server")), reason, form);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (code.value.trim()) client.session.pair(code.value.trim());
  });
  element.addEventListener("keydown", (event) => event.stopPropagation());
  element.addEventListener("cancel", (event) => event.preventDefault());
  client.connectionChanged.on((state) => {
    submit.disabled = state.is !== "unpaired";
    if (state.is === "open") return element.close();
    if (state.is !== "unpaired") return;
    reason.textContent = state.reason;
    if (!element.open) element.showModal();
    code.select();
  });
  return element;
}
