/**
 * Words that fit: as large as they should be where there is room, smaller down to what can still be read, then
 * shorter, and where not even that fits they are left out. Never wider than their room, so never over a neighbour.
 */

export interface FittedText {
  readonly text: string;
  /** Font size in pixels. */
  readonly size: number;
}

export interface Room {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Width in pixels of a text at a size in pixels. */
export type Measure = (text: string, size: number) => number;

/** Smaller letters than this are not read at a desk, pixels. */
export const SMALLEST_PIXELS = 9.5;
/** Fewer letters than this say nothing. */
const FEWEST_LETTERS = 3;
/** How musicians shorten them on panels. */
const SHORT: Readonly<Record<string, string>> = {
  amount: "amt", attack: "Atk", balance: "Bal", certain: "Cert", crossover: "Xover", current: "Cur", cutoff: "Cut",
  damping: "Damp", direction: "Dir", feedback: "Fdbk", frequency: "Freq", instrument: "Instr", inverted: "Inv",
  length: "Len", forward: "fwd", level: "Lvl", octave: "Oct", octaves: "oct", backward: "bwd", random: "rnd", output: "Out", release: "Rel", resonance: "Res",
  retrig: "Retr", sequencer: "Seq", square: "Sqr", sustain: "Sus", temperature: "Temp", transpose: "Trsp",
  triangle: "Tri", velocity: "Vel", "pulse width": "PW",
};
/** A knob that says how much of something: where there is no room, what of says it. */
const HOW_MUCH = "amt";

/** `wanted` is the size in pixels where there is room enough; null where nothing that says something fits. */
export function fitText(text: string, room: Room, wanted: number, measure: Measure): FittedText | null {
  if (!text || room.height < SMALLEST_PIXELS) return null;
  const largest = Math.min(Math.max(wanted, SMALLEST_PIXELS), room.height);
  for (const shorter of shortened(text)) {
    const width = measure(shorter, largest);
    const size = width <= room.width ? largest : (largest * room.width) / width;
    if (size >= SMALLEST_PIXELS) return { text: shorter, size };
  }
  return null;
}

/** "1 octave" becomes "1 oct", as "2 octaves" does; "Octave" alone, the name of a switch, stays a capital. */
function shortFor(word: string): string | undefined {
  const short = SHORT[word.toLowerCase()];
  return word === word.toLowerCase() ? short?.toLowerCase() : short;
}

/** The text, and ever shorter ways to write it. */
export function* shortened(text: string): Generator<string> {
  yield text;
  const known = shortFor(text);
  if (known) yield known;
  let words = text.split(" ").filter(Boolean);
  for (let index = words.length - 1; index >= 0; index--) {
    const short = shortFor(words[index]!);
    if (!short) continue;
    words = words.with(index, short);
    yield words.join(" ");
  }
  if (words.length > 1 && words.at(-1) === HOW_MUCH) {
    words = words.slice(0, -1);
    yield words.join(" ");
  }
  if (words.length > 1) yield words.join("");
  for (;;) {
    // A number with a digit less would be another number.
    const cut = words.map((word) => (/\d/.test(word) ? 0 : word.length));
    const longest = cut.lastIndexOf(Math.max(...cut));
    const word = words[longest]!;
    if (cut[longest]! <= FEWEST_LETTERS) return;
    words = words.with(longest, word.slice(0, -1));
    yield words.join("");
  }
}
