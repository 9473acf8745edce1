import { describe, expect, test } from "vitest";
import { isBlackKey, noteOfKey, pitchOf } from "./note_keys";
import { Ring } from "./ring";

const TARGET = 2_880; // 60 ms
const BLOCK = 128;

/** Interleaved stereo that counts up, so that every frame is known by its value. */
function ramp(start: number, frames: number): Int16Array {
  return Int16Array.from({ length: 2 * frames }, (_, index) => (start + (index >> 1)) % 16_384);
}

function pull(ring: Ring, ratio = 1): Float32Array {
  const left = new Float32Array(BLOCK);
  ring.pull(left, new Float32Array(BLOCK), ratio);
  return left;
}

describe("the ring", () => {
  test("is silent until it is as deep as it should be", () => {
    const ring = new Ring(1 << 15, TARGET);
    ring.push(0, ramp(0, TARGET - 1));
    expect(pull(ring).every((sample) => sample === 0)).toBe(true);
    expect(ring.state.sampleTime).toBeNull();
    ring.push(TARGET - 1, ramp(TARGET - 1, 1));
    pull(ring);
    expect(ring.state.sampleTime).toBeCloseTo(BLOCK, 0);
  });

  test("starts at exactly its target, whatever piled up before", () => {
    const ring = new Ring(1 << 15, TARGET);
    ring.push(1_000, ramp(0, 3 * TARGET));
    expect(ring.state.depth).toBe(TARGET);
    expect(ring.state.sampleTime).toBe(1_000 + 2 * TARGET);
  });

  test("plays every frame in order", () => {
    const ring = new Ring(1 << 15, 512);
    ring.push(0, ramp(0, 512));
    pull(ring);
    const played = [...pull(ring)].map((sample) => sample * 32_768);
    for (let frame = 1; frame < BLOCK; frame++) expect(played[frame]! - played[frame - 1]!).toBeCloseTo(1, 1);
  });

  test("counts running dry once, and fills up again", () => {
    const ring = new Ring(1 << 15, 512);
    ring.push(0, ramp(0, 512));
    for (let block = 0; block < 8; block++) pull(ring);
    expect(ring.state.underruns).toBe(1);
    expect(ring.state.sampleTime).toBeNull();
  });

  test("is filled deeper after it ran dry", () => {
    const ring = new Ring(1 << 15, 512);
    ring.push(0, ramp(0, 512));
    for (let block = 0; block < 8; block++) pull(ring);
    ring.push(512, ramp(0, 700));
    expect(ring.state.sampleTime).toBeNull();
    ring.push(1_212, ramp(0, 100));
    expect(ring.state.depth).toBe(768);
  });

  test("creeps back to its first depth when all goes well", () => {
    const ring = new Ring(1 << 15, 512);
    ring.push(0, ramp(0, 512));
    for (let block = 0; block < 8; block++) pull(ring);
    let sent = 512;
    const deep = () => {
      for (; ring.state.depth < 1_500; sent += BLOCK) ring.push(sent, ramp(0, BLOCK));
      pull(ring);
    };
    for (let block = 0; block < (30 * 48_000) / BLOCK; block++) deep();
    for (let block = 0; ring.state.underruns < 2 && block < 20; block++) pull(ring);
    ring.push(sent, ramp(0, 4_000));
    expect(ring.state.depth).toBe(768);
  });

  test.each([-0.002, 0.002])("a sender whose clock is off by %d neither drains nor fills it in a minute", (drift) => {
    const ring = new Ring(1 << 15, TARGET);
    const PIECE = 480;
    const piece = ramp(0, PIECE);
    let [sent, due] = [0, TARGET];
    for (let block = 0; block < (60 * 48_000) / BLOCK; block++) {
      due += BLOCK * (1 + drift);
      for (; sent + PIECE <= due; sent += PIECE) ring.push(sent, piece);
      pull(ring);
    }
    expect(ring.state.underruns).toBe(0);
    expect(ring.state.dropped).toBe(0);
    expect(Math.abs(ring.state.depth - TARGET)).toBeLessThan(0.6 * TARGET);
  });

  test("drops what is far too much at once", () => {
    const ring = new Ring(1 << 15, TARGET);
    ring.push(0, ramp(0, TARGET));
    pull(ring);
    ring.push(TARGET, ramp(0, 4 * TARGET));
    expect(ring.state.depth).toBe(TARGET);
    expect(ring.state.dropped).toBe(4 * TARGET - BLOCK);
  });

  test("frames lost on the way are skipped in time, too", () => {
    const ring = new Ring(1 << 15, 512);
    ring.push(0, ramp(0, 512));
    ring.push(1_000, ramp(0, 100));
    expect(ring.state.sampleTime).toBe(1_100 - ring.state.depth);
  });

  test("plays a 44.1 kHz stream at its own pitch into 48 kHz", () => {
    const ring = new Ring(1 << 15, 2_000);
    const hertz = 441;
    ring.push(0, Int16Array.from({ length: 8_000 }, (_, index) => Math.round(16_000 * Math.sin((2 * Math.PI * hertz * (index >> 1)) / 44_100))));
    pull(ring, 44_100 / 48_000);
    const played = Array.from({ length: 12 }, () => [...pull(ring, 44_100 / 48_000)]).flat();
    const crossings = played.filter((sample, frame) => frame > 0 && played[frame - 1]! < 0 && sample >= 0).length;
    expect(crossings).toBe(Math.round((hertz * played.length) / 48_000));
  });
});

test("the row of A plays from C, the row above its black keys", () => {
  expect(["KeyA", "KeyW", "KeyS", "KeyK"].map((code) => noteOfKey(code, 4))).toEqual([60, 61, 62, 72]);
  expect(noteOfKey("KeyZ", 4)).toBeNull();
  expect(noteOfKey("KeyL", 9)).toBeNull();
});

test("C4 is 0 V and an octave is 1 V", () => {
  expect([60, 72, 48, 67].map(pitchOf)).toEqual([0, 1, -1, 7 / 12]);
});

test("five keys of an octave are black", () => {
  expect(Array.from({ length: 12 }, (_, note) => isBlackKey(60 + note)).filter(Boolean)).toHaveLength(5);
});
