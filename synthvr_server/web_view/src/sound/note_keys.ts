/** The computer's keyboard as two octaves of a piano. Physical keys, so that it fits every layout. */

/** Semitones above the octave's C, by KeyboardEvent.code. */
const SEMITONES: Readonly<Record<string, number>> = {
  KeyA: 0, KeyW: 1, KeyS: 2, KeyE: 3, KeyD: 4, KeyF: 5, KeyT: 6, KeyG: 7, KeyY: 8, KeyH: 9, KeyU: 10, KeyJ: 11,
  KeyK: 12, KeyO: 13, KeyL: 14, KeyP: 15, Semicolon: 16, Quote: 17,
};
export const NOTE_CODES: readonly string[] = Object.keys(SEMITONES);
export const LOWEST_OCTAVE = 0;
export const HIGHEST_OCTAVE = 8;
/** MIDI's number of C4, which is 0 V. */
const C4 = 60;

/** MIDI note number, or null for a key that plays nothing. C4, the C of octave 4, is 60. */
export function noteOfKey(code: string, octave: number): number | null {
  const semitone = SEMITONES[code];
  if (semitone === undefined) return null;
  const number = 12 * (octave + 1) + semitone;
  return number <= 127 ? number : null;
}

/** Volts, 1 V/oct, 0 V is C4. */
export function pitchOf(number: number): number {
  return (number - C4) / 12;
}

export function isBlackKey(number: number): boolean {
  return [1, 3, 6, 8, 10].includes(number % 12);
}
