import { expect, test } from "vitest";
import { fitText, shortened, SMALLEST_PIXELS } from "./text_fit";

/** Every letter is six tenths of its height wide. */
const measure = (text: string, size: number) => 0.6 * size * text.length;

test("where there is room a text has the size it should have", () => {
  expect(fitText("Cutoff", { width: 100, height: 20 }, 12, measure)).toEqual({ text: "Cutoff", size: 12 });
});

test("on a small panel it is as large as can be read", () => {
  expect(fitText("Tone", { width: 100, height: 20 }, 4, measure)).toEqual({ text: "Tone", size: SMALLEST_PIXELS });
});

test("a wide text becomes smaller before it becomes shorter", () => {
  const fitted = fitText("Resonance", { width: 54, height: 20 }, 12, measure);
  expect(fitted?.text).toBe("Resonance");
  expect(fitted?.size).toBeCloseTo(10, 9);
});

test("what cannot become smaller is shortened the way musicians do", () => {
  expect(fitText("Resonance", { width: 30, height: 20 }, 12, measure)?.text).toBe("Res");
  expect(fitText("Cutoff amount", { width: 46, height: 20 }, 12, measure)?.text).toBe("Cut amt");
});

test("a short way to write a word keeps its case: 1 octave beside 2 oct", () => {
  expect([...shortened("1 octave")][1]).toBe("1 oct");
  expect([...shortened("Octave")][1]).toBe("Oct");
});

test("a number at the end is never cut off: Step 1 and Step 2 stay two", () => {
  for (const way of shortened("Step 12")) expect(way.endsWith("12")).toBe(true);
  expect([...shortened("0–10 V")]).toEqual(["0–10 V", "0–10V"]);
});

test("no text is ever wider or higher than its room", () => {
  for (let width = 1; width < 120; width += 3) {
    for (const text of ["Cutoff amount", "Lin FM amount", "A", "V/Oct", "Instrument"]) {
      const fitted = fitText(text, { width, height: 11 }, 14, measure);
      if (!fitted) continue;
      expect(measure(fitted.text, fitted.size)).toBeLessThanOrEqual(width + 1e-9);
      expect(fitted.size).toBeLessThanOrEqual(11);
    }
  }
});

test("where nothing can be read nothing is written", () => {
  expect(fitText("Cutoff", { width: 8, height: 20 }, 12, measure)).toBeNull();
  expect(fitText("Cutoff", { width: 80, height: 5 }, 12, measure)).toBeNull();
});
