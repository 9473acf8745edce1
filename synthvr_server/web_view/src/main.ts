/** Puts the page together. */
import { Overlay, type CableLook } from "./drawing/overlay";
import { RackView } from "./drawing/rack_view";
import { html } from "./drawing/svg";
import { CableHand } from "./hands/cable_hand";
import { KnobHand } from "./hands/knob_hand";
import { ModuleHand } from "./hands/module_hand";
import { ViewHand } from "./hands/view_hand";
import { engineBanner } from "./panels/engine_banner";
import { JackMenu } from "./panels/jack_menu";
import { isTyping, KeyboardPanel } from "./panels/keyboard_panel";
import { LibraryDialog } from "./panels/library_dialog";
import { ModulePalette } from "./panels/module_palette";
import { NotesDialog } from "./panels/notes_dialog";
import { pairingDialog } from "./panels/pairing_dialog";
import { peopleList } from "./panels/people_list";
import { ScopeShelf } from "./panels/scope_shelf";
import { statusBar } from "./panels/status_bar";
import { toasts } from "./panels/toasts";
import { toolBar } from "./panels/tool_bar";
import { ValueBubble } from "./panels/value_bubble";
import type { ModuleInfo } from "./protocol/messages";
import { browserWorld, socketUrl } from "./protocol/web_socket_line";
import { Listener } from "./sound/listener";
import { NotePlayer } from "./sound/note_player";
import { Client } from "./state/client";
import { addModule } from "./state/edits";
import { nearestFree } from "./state/placing";

const LOOKS: readonly CableLook[] = ["full", "faint", "hidden"];

const client = new Client(
  { ...browserWorld(socketUrl(location)), nextFrame: (act) => void requestAnimationFrame(act) },
  localStorage.getItem("name") ?? "Desktop",
);
const rack = new RackView(client);
const overlay = new Overlay(client, rack);
const bubble = new ValueBubble();
const listener = new Listener(client);
const scopes = new ScopeShelf(client);
const palette = new ModulePalette(client, add);
const library = new LibraryDialog(client);
const notes = new NotesDialog(client);
const keyboard = new KeyboardPanel(client, new NotePlayer(client));

new KnobHand(client, rack, bubble);
const cables = new CableHand(client, rack, overlay, (jack, x, y) => menu.open(jack, x, y));
const menu = new JackMenu(client, (jack) => scopes.open(jack), (jack) => cables.begin(jack));
new ModuleHand(client, rack);
new ViewHand(client, rack);

const bar = toolBar(client, listener, peopleList(client), {
  add: () => palette.open(),
  library: () => void library.open(),
  notes: () => notes.open(),
  fit: () => rack.fit(),
  keyboard: () => keyboard.element.classList.toggle("away"),
  cables: () => {
    overlay.look = LOOKS[(LOOKS.indexOf(overlay.look) + 1) % LOOKS.length] ?? "full";
    overlay.redraw();
    return overlay.look;
  },
});
rack.element.append(overlay.element, engineBanner(client));
document.body.append(
  bar,
  html("main", {}, rack.element, scopes.element),
  keyboard.element,
  statusBar(client),
  palette.element, library.element, notes.element, menu.element, bubble.element, pairingDialog(client), toasts(client),
);
client.streams.use({ stream: "meters", module: null, jack: null });
client.session.start();

window.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.code === "KeyK") palette.open();
  else if (command && event.code === "KeyS") void library.open();
  else if (isTyping(event.target)) return;
  else if (command && (event.code === "KeyY" || (event.code === "KeyZ" && event.shiftKey))) void client.redo();
  else if (command && event.code === "KeyZ") void client.undo();
  else if (event.code === "Home") rack.fit();
  else return;
  event.preventDefault();
});

/** Hangs a new module where there is room next to the middle of the view. */
function add(info: ModuleInfo): void {
  const { width, height } = info.panel;
  const place = nearestFree({ x: rack.view.x, y: rack.view.y, width, height }, [...rack.rects().values()]);
  void client.edit(addModule(info, place));
}

declare global {
  interface Window {
    /** For tests and for the console: the client's state, and where things are on the screen. */
    synthvr: { client: Client; rack: RackView };
  }
}
window.synthvr = { client, rack };
