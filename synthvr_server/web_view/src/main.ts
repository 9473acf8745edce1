/** Puts the page together. */
import { Overlay, type CableLook } from "./drawing/overlay";
import { RackView } from "./drawing/rack_view";
import { html } from "./drawing/svg";
import { CableHand } from "./hands/cable_hand";
import { HangingHand } from "./hands/hanging_hand";
import { actionOf, type ActionOf } from "./hands/keys";
import { KnobHand } from "./hands/knob_hand";
import { MenuHand } from "./hands/menu_hand";
import { ModuleHand } from "./hands/module_hand";
import { PointingHand } from "./hands/pointing_hand";
import { ViewHand } from "./hands/view_hand";
import { engineBanner } from "./panels/engine_banner";
import { HelpDialog } from "./panels/help_dialog";
import { isTyping, KeyboardPanel } from "./panels/keyboard_panel";
import { keepingBanner } from "./panels/keeping_banner";
import { LibraryDialog } from "./panels/library_dialog";
import { Menu } from "./panels/menu";
import { ModulePalette } from "./panels/module_palette";
import { NotesDialog } from "./panels/notes_dialog";
import { pairingDialog } from "./panels/pairing_dialog";
import { peopleList } from "./panels/people_list";
import { PersonDialog } from "./panels/person_dialog";
import { Question } from "./panels/question";
import { RackMenus } from "./panels/rack_menus";
import { ScopeShelf } from "./panels/scope_shelf";
import { statusBar } from "./panels/status_bar";
import { toasts } from "./panels/toasts";
import { toolBar } from "./panels/tool_bar";
import { ValueBubble } from "./panels/value_bubble";
import { browserShelf, browserWorld, socketUrl } from "./protocol/web_socket_line";
import { Listener } from "./sound/listener";
import { NotePlayer } from "./sound/note_player";
import { Client } from "./state/client";
import { Myself } from "./state/myself";

const LOOKS: readonly CableLook[] = ["full", "faint", "hidden"];
const ZOOM_STEP = 1.25;

const client = new Client(
  { ...browserWorld(socketUrl(location)), nextFrame: (act) => void requestAnimationFrame(act) },
  new Myself(browserShelf, Math.random),
);
const rack = new RackView(client);
const overlay = new Overlay(client, rack);
const bubble = new ValueBubble();
const listener = new Listener(client, browserShelf);
const scopes = new ScopeShelf(client);
const question = new Question();
const library = new LibraryDialog(client, question);
const notes = new NotesDialog(client);
const help = new HelpDialog();
const person = new PersonDialog(client);
const keyboard = new KeyboardPanel(client, new NotePlayer(client));
const menu = new Menu();

// The order counts: a hand that takes a press says so to those after it.
const hanging = new HangingHand(client, rack);
const knobs = new KnobHand(client, rack, bubble);
const cables = new CableHand(client, rack, overlay, (jack, x, y) => menus.openJack(jack, x, y));
const modules = new ModuleHand(client, rack);
const view = new ViewHand(rack);
new PointingHand(client, rack);
const palette = new ModulePalette(client, (info) => hanging.add(info));
const menus = new MenuHand(rack, overlay, menu, new RackMenus(client, rack, knobs, cables, modules, {
  scope: (jack) => scopes.open(jack),
  duplicate: (module) => hanging.duplicate(module),
  add: () => palette.open(),
  newPatch: () => void library.newPatch(),
  arrange: () => void hanging.arrange(),
  library: () => void library.open(),
  help: () => help.open(),
  cable: (id) => menus.openCable(id),
}));

const bar = toolBar(client, listener, peopleList(client, () => person.open()), {
  add: () => palette.open(),
  library: () => void library.open(),
  notes: () => notes.open(),
  fit: () => rack.fit(),
  help: () => help.open(),
  keyboard,
  cables: () => {
    overlay.look = LOOKS[(LOOKS.indexOf(overlay.look) + 1) % LOOKS.length] ?? "full";
    overlay.redraw();
    return overlay.look;
  },
});
rack.element.append(overlay.element, engineBanner(client), keepingBanner(client));
document.body.append(
  bar,
  html("main", {}, rack.element, scopes.element),
  keyboard.element,
  statusBar(client),
  palette.element, library.element, notes.element, help.element, person.element, question.element,
  menu.element, bubble.element, pairingDialog(client), toasts(client),
);
client.streams.use({ stream: "meters", module: null, jack: null });
client.session.start();

const DOES: Readonly<Record<ActionOf<"page">, () => void>> = {
  help: () => help.open(),
  add: () => palette.open(),
  library: () => void library.open(),
  undo: () => void client.undo(),
  redo: () => void client.redo(),
  fit: () => rack.fit(),
  closer: () => view.zoom(ZOOM_STEP),
  farther: () => view.zoom(1 / ZOOM_STEP),
};
/** These mean the same while somebody types. */
const ALWAYS: readonly ActionOf<"page">[] = ["add", "library"];

window.addEventListener("keydown", (event) => {
  const action = event.defaultPrevented ? null : actionOf("page", event);
  if (!action || (isTyping(event.target) && !ALWAYS.includes(action))) return;
  event.preventDefault();
  DOES[action]();
});

declare global {
  interface Window {
    /** For tests and for the console: the client's state, and where things are on the screen. */
    synthvr: { client: Client; rack: RackView };
  }
}
window.synthvr = { client, rack };
