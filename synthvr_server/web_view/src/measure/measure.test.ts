import { describe, expect, test } from "vitest";
import { Fourier } from "./fourier";
import { PitchMeter } from "./pitch";
import { Spectrum } from "./spectrum";
import { lastTrigger, SampleWindow, voltsOf } from "./trace";

const RATE = 48_000;
const C4 = 261.6256;

function wave(frames: number, shape: (phase: number) => number, hertz: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, frame) => shape(((frame * hertz) / RATE) % 1));
}
const sine = (phase: number) => 5 * Math.sin(2 * Math.PI * phase);
const saw = (phase: number) => 10 * phase - 5;
const cents = (one: number, other: number) => 1200 * Math.log2(one / other);

test("the transform of one cosine is one pair of lines", () => {
  const real = Float64Array.from({ length: 16 }, (_, n) => Math.cos((2 * Math.PI * 3 * n) / 16));
  const imaginary = new Float64Array(16);
  new Fourier(16).transform(real, imaginary);
  const lines = [...real].map((value) => Math.round(value * 1e9) / 1e9 + 0);
  expect(lines).toEqual(lines.map((_, bin) => (bin === 3 || bin === 13 ? 8 : 0)));
});

test("a sine of ±5 V reads 0 dB, and nothing leaks above −92 dB six bins away", () => {
  const spectrum = new Spectrum(8192);
  const bin = 500;
  const levels = spectrum.levels(wave(8192, sine, (bin * RATE) / 8192));
  expect(levels[bin]).toBeCloseTo(0, 2);
  expect(Math.max(...levels.slice(0, bin - 6), ...levels.slice(bin + 6))).toBeLessThan(-92);
});

test("between two bins a sine reads at most 0.9 dB too low", () => {
  const levels = new Spectrum(8192).levels(wave(8192, sine, (500.5 * RATE) / 8192));
  expect(Math.max(...levels)).toBeGreaterThan(-0.9);
});

describe("pitch is measured within 0.1 cent", () => {
  const meter = new PitchMeter(16_384);
  test.each([32.703, 65.41, C4, 440, 1_046.5, 4_186.01])("a sine of %d Hz", (hertz) => {
    expect(Math.abs(cents(meter.frequency(wave(16_384, sine, hertz), RATE) ?? 0, hertz))).toBeLessThan(0.1);
  });
  test.each([32.703, C4, 440, 987.77])("a saw of %d Hz", (hertz) => {
    expect(Math.abs(cents(meter.frequency(wave(16_384, saw, hertz), RATE) ?? 0, hertz))).toBeLessThan(0.1);
  });
});

test("silence, DC and noise have no pitch", () => {
  const meter = new PitchMeter(4_096);
  let seed = 1;
  const noise = Float32Array.from({ length: 4_096 }, () => (seed = (seed * 16_807) % 2_147_483_647) / 2 ** 30 - 1);
  for (const samples of [new Float32Array(4_096), new Float32Array(4_096).fill(3), noise]) {
    expect(meter.frequency(samples, RATE)).toBeNull();
  }
});

test("a sine triggers between the two frames where it rises through zero", () => {
  const samples = wave(960, sine, 100); // rises through 0 V at frames 0, 480
  expect(lastTrigger(samples.subarray(10), 0, 200)).toBeCloseTo(470, 3);
});

test("noise on a slow signal triggers once, not at every wiggle", () => {
  const wobble = Float32Array.from({ length: 1_000 }, (_, frame) => -5 + frame / 100 + 0.2 * Math.sin(frame * 2));
  const at = lastTrigger(wobble, 0, 100);
  expect(at).toBeGreaterThan(470);
  expect(at).toBeLessThan(500);
});

test("a signal that never rises through the level does not trigger", () => {
  expect(lastTrigger(new Float32Array(100).fill(1), 1, 10)).toBeNull();
});

test("volts are read as lowest, highest and RMS", () => {
  const { lowest, highest, rms } = voltsOf(wave(4_800, sine, 100));
  expect([lowest, highest]).toEqual([-5, 5]);
  expect(rms).toBeCloseTo(5 / Math.SQRT2, 4);
});

test("a window keeps the latest samples, and starts anew after a gap", () => {
  const window = new SampleWindow(4);
  window.push(0, Float32Array.of(1, 2, 3));
  window.push(3, Float32Array.of(4, 5));
  expect([...window.latest(9)]).toEqual([2, 3, 4, 5]);
  expect([...window.latest(2)]).toEqual([4, 5]);
  window.push(6, Float32Array.of(7));
  expect([...window.latest(9)]).toEqual([7]);
});
