import { expect, test } from "vitest";
import type { KnobInfo } from "../protocol/messages";
import { readEntry } from "./knob_entry";
import { knobText } from "./knob_text";
import { CUTOFF, SLOPE, WIDTH } from "./rack_for_tests";

const ATTACK: KnobInfo = { ...WIDTH, id: "attack", label: "Attack", minimum: 0.001, maximum: 10, default: 0.01, unit: "s", scale: "log" };
const PITCH: KnobInfo = { ...WIDTH, id: "frequency", label: "Frequency", minimum: -60, maximum: 60, default: 0, unit: "semitones" };
const LEVEL: KnobInfo = { ...WIDTH, id: "level", label: "Level", minimum: -60, maximum: 6, default: 0, unit: "dB" };
const VOICES: KnobInfo = { ...WIDTH, id: "voices", label: "Voices", minimum: 1, maximum: 16, default: 8 };

function value(knob: KnobInfo, current: number, text: string): number {
  const entry = readEntry(knob, current, text);
  if ("problem" in entry) throw new Error(entry.problem);
  return entry.value;
}

function problem(knob: KnobInfo, current: number, text: string): string {
  const entry = readEntry(knob, current, text);
  if ("value" in entry) throw new Error(`${text} was taken as ${entry.value}`);
  return entry.problem;
}

test.each([
  ["700", 0.7], ["700 ms", 0.7], ["0.7 s", 0.7], ["0,7s", 0.7], ["1500µs", 0.0015], ["900 us", null], ["1 s", 1],
])("at an attack of 500 ms, %s are %s s", (text, seconds) => {
  if (seconds === null) expect(problem(ATTACK, 0.5, text)).toContain("out of range");
  else expect(value(ATTACK, 0.5, text)).toBe(seconds);
});

test("the unit that is shown goes with the value: at 2 s a 3 is 3 s", () => {
  expect(value(ATTACK, 2, "3")).toBe(3);
  expect(value(CUTOFF, 1_590, "2")).toBe(2_000);
  expect(value(CUTOFF, 440, "500")).toBe(500);
});

test.each([
  ["440 Hz", 440], ["1.5k", 1_500], ["1,2 kHz", 1_200], ["1.2KHZ", 1_200], ["1e3 Hz", 1_000], ["A4", 440.0001], ["c5", 523.2512], ["C#3", 138.5914], ["Bb2", 116.541],
])("%s at a cutoff is %d Hz", (text, hertz) => {
  expect(value(CUTOFF, 1_000, text)).toBeCloseTo(hertz, 3);
});

test.each([["12", 12], ["-7 st", -7], ["2 oct", 24], ["50 ct", 0.5], ["A4", 9], ["C#3", -11], ["440 Hz", 9], ["1.0465 kHz", 24]])(
  "%s at a pitch knob is %d semitones", (text, semitones) => {
    expect(value(PITCH, 0, text)).toBeCloseTo(semitones, 2);
  });

test("decibels, shares and plain numbers", () => {
  expect(value(LEVEL, 0, "−6 dB")).toBe(-6);
  expect(value(LEVEL, 0, "-12")).toBe(-12);
  expect(value(WIDTH, 0.5, "25 %")).toBe(0.25);
  expect(value(WIDTH, 0.5, ".3")).toBe(0.3);
  expect(value(VOICES, 8, "4")).toBe(4);
});

test("out of range says so in one sentence", () => {
  expect(problem(ATTACK, 0.5, "12 s")).toBe("12.0 s is out of range: Attack goes from 1.00 ms to 10.0 s.");
  expect(problem(LEVEL, 0, "7")).toBe("7.00 dB is out of range: Level goes from −60.0 dB to 6.00 dB.");
});

test("it says what may have been meant", () => {
  expect(problem(CUTOFF, 1_590, "440")).toContain("did you mean 440 Hz?");
  expect(problem(PITCH, 0, "440")).toContain("did you mean 440 Hz?");
  expect(problem(ATTACK, 0.5, "0.7")).toContain("did you mean 0.7 s?");
  expect(problem(WIDTH, 0.5, "70")).toContain("did you mean 70 %?");
  expect(problem(VOICES, 8, "40")).not.toContain("did you mean");
});

test.each([
  [CUTOFF, ""], [CUTOFF, "loud"], [CUTOFF, "12 parsecs"], [CUTOFF, "--3"], [CUTOFF, "5 s"], [LEVEL, "1.5k"], [VOICES, "50 %"], [ATTACK, "A4"], [PITCH, "0 Hz"],
])("what is no value is told so", (knob, text) => {
  expect(problem(knob, knob.default, text)).toContain(`is no value for ${knob.label}`);
});

test("a switch takes the beginning of a position's name", () => {
  expect(value(SLOPE, 0, "24")).toBe(2);
  expect(problem(SLOPE, 0, "48 dB")).toBe("“48 dB” is no position of Slope: type one of 6 dB, 12 dB, 24 dB.");
});

test("what is written can be typed", () => {
  for (const hertz of [20, 137, 1_250, 20_000]) expect(value(CUTOFF, 440, knobText(CUTOFF, hertz))).toBeCloseTo(hertz, 0);
  for (const decibels of [-60, -0.5, 6]) expect(value(LEVEL, 0, knobText(LEVEL, decibels))).toBeCloseTo(decibels, 2);
});
