/**
 * The server's hash of a patch: the sum, modulo 2^64, of the FNV-1a hash of every entry. Text is UTF-8 with a zero
 * byte behind it, a number is a little-endian float64, maps are in the order of their (ASCII) keys.
 */
import type { PlacedModule, Cable } from "../protocol/messages";
import type { RackPatch } from "./patch";

type Field = string | number;

/** A 64-bit number in two halves: BigInt would cost twenty times as much. */
interface Halves {
  readonly high: number;
  readonly low: number;
}

const WORD = 2 ** 32;
// 64-bit FNV: prime 2^40 + 0x1b3.
const OFFSET: Halves = { high: 0xcbf29ce4, low: 0x84222325 };
const PRIME_LOW = 0x1b3;

const utf8 = new TextEncoder();
const kept = new WeakMap<object, { id: string; hash: Halves }>();

/** Sixteen hexadecimal digits that differ when the patches differ. */
export function fingerprint(patch: RackPatch): string {
  let total = hashFields(["patch", patch.title, patch.notes]);
  for (const [id, module] of patch.modules) total = add(total, entryHash(id, module, moduleFields));
  for (const [id, cable] of patch.cables) total = add(total, entryHash(id, cable, cableFields));
  return hex(total.high) + hex(total.low);
}

/** Entries are immutable, so the hash of one that did not change is kept. */
function entryHash<E extends object>(id: string, entry: E, fields: (id: string, entry: E) => Field[]): Halves {
  const found = kept.get(entry);
  if (found?.id === id) return found.hash;
  const hash = hashFields(fields(id, entry));
  kept.set(entry, { id, hash });
  return hash;
}

function moduleFields(id: string, module: PlacedModule): Field[] {
  return [
    "module", id, module.type, module.label, ...module.position, ...module.rotation,
    ...sorted(module.knobs), ...sorted(module.data),
  ];
}

function cableFields(id: string, cable: Cable): Field[] {
  return ["cable", id, cable.from.module, cable.from.jack, cable.to.module, cable.to.jack, cable.color];
}

function sorted(record: Readonly<Record<string, Field>>): Field[] {
  return Object.keys(record).sort().flatMap((key) => [key, record[key] as Field]);
}

function hashFields(fields: readonly Field[]): Halves {
  let hash = OFFSET;
  for (const field of fields) hash = typeof field === "string" ? hashText(hash, field) : hashNumber(hash, field);
  return hash;
}

function hashText(hash: Halves, text: string): Halves {
  return hashByte(hashBytes(hash, utf8.encode(text)), 0);
}

function hashNumber(hash: Halves, value: number): Halves {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value + 0, true); // −0 + 0 is 0, as on the server
  return hashBytes(hash, new Uint8Array(bytes.buffer));
}

function hashBytes(hash: Halves, bytes: Uint8Array): Halves {
  for (const byte of bytes) hash = hashByte(hash, byte);
  return hash;
}

function hashByte({ high, low }: Halves, byte: number): Halves {
  const mixed = (low ^ byte) >>> 0;
  const product = mixed * PRIME_LOW; // below 2^41: exact
  const carry = Math.floor(product / WORD);
  return { high: (high * PRIME_LOW + carry + mixed * 2 ** 8) % WORD, low: product % WORD };
}

function add(one: Halves, other: Halves): Halves {
  const low = one.low + other.low;
  return { high: (one.high + other.high + (low >= WORD ? 1 : 0)) % WORD, low: low % WORD };
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
