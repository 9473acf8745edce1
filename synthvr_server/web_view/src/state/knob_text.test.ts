import { expect, test } from "vitest";
import { knobText, nearestNote, valueText } from "./knob_text";
import { SLOPE } from "./rack_for_tests";

test.each([
  [440, "Hz", "440 Hz"], [1_250, "Hz", "1.25 kHz"], [0.02, "s", "20.0 ms"], [0.0005, "s", "500 µs"], [2, "s", "2.00 s"],
  [-6, "dB", "−6.00 dB"], [0.5, "", "0.50"], [-0.001, "V", "0.00 V"], [0, "s", "0.00 s"], [999.6, "Hz", "1.00 kHz"],
])("%d %s is written %s", (value, unit, text) => {
  expect(valueText(value, unit)).toBe(text);
});

test("a switch is written by the name of its position", () => {
  expect(knobText(SLOPE, 1)).toBe("12 dB");
});

test("440 Hz is A4, a hundredth of a cent off where C4 is rounded to 261.6256 Hz", () => {
  const { name, cents } = nearestNote(440);
  expect(name).toBe("A4");
  expect(Math.abs(cents)).toBeLessThan(0.01);
  expect(nearestNote(8.1758).name).toBe("C-1");
});
