/**
 * What can be done with a pointer, once: the help is written from here, and a test in a real browser carries out every
 * row by its id.
 */

export interface GestureRow {
  readonly id: string;
  readonly how: string;
  readonly does: string;
}

export const GESTURES = {
  view: [
    { id: "scroll", how: "Scroll", does: "Moves the view; with Shift sideways" },
    { id: "scroll_zoom", how: "Ctrl and scroll, or pinch a touchpad", does: "Zooms" },
    { id: "pan", how: "Drag the background, or with the middle button", does: "Moves the view" },
    { id: "pinch", how: "Pinch with two fingers", does: "Zooms; one finger moves the view" },
    { id: "close", how: "Double-click a panel's face", does: "Fills the screen with it; again: the whole rack" },
    { id: "tap", how: "Tap a knob or jack that is too small for a finger", does: "Fills the screen with its module" },
    { id: "menu", how: "Right-click, or press long", does: "Opens the menu of a module, knob, jack, cable or the rack" },
  ],
  knob: [
    { id: "turn", how: "Drag up or down", does: "Turns a knob; with Shift finely" },
    { id: "turn_wheel", how: "Click it, then scroll over it", does: "Turns the knob that you clicked" },
    { id: "reset", how: "Double-click", does: "Turns a knob back to its default" },
    { id: "flip", how: "Click a switch", does: "Goes to its next position; with Shift to the one before" },
  ],
  cable: [
    { id: "pull", how: "Drag from an output to an input, or back", does: "Plugs a cable" },
    { id: "take", how: "Drag from an input that has a cable", does: "Takes that end: to another input, or off" },
    { id: "other", how: "Alt and drag from a jack", does: "The other way round: takes a cable's end off an output, pulls a new one from an input" },
    { id: "take_end", how: "Drag a cable near one of its ends", does: "Takes that end of just this cable" },
  ],
  module: [
    { id: "move", how: "Drag the title", does: "Moves a module; with Alt it snaps to nothing" },
    { id: "name", how: "Double-click the title", does: "Gives a module a name of your own" },
  ],
} as const satisfies Record<string, readonly GestureRow[]>;
