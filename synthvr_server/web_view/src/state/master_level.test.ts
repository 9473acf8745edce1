import { expect, test } from "vitest";
import type { Meters } from "../protocol/messages";
import { barOf, MasterLevel } from "./master_level";

const QUIET: Meters = {
  type: "meters", sample_time: 0, load: 0, late_blocks: 0, blocks: 0, modules: {}, feedback: [], peak_left: 0, peak_right: 0, reduction: 0,
};

test("a bar is empty at −60 dB, full at +6, and even in between", () => {
  expect([barOf(0), barOf(0.001), barOf(1), barOf(4)]).toEqual([0, 0, 60 / 66, 1].map((share) => expect.closeTo(share, 9)));
});

test("a peak jumps up at once and falls slowly", () => {
  const level = new MasterLevel();
  level.take({ ...QUIET, peak_left: 0.8 }, 1);
  expect(level.peaks).toEqual([0.8, 0]);
  level.take(QUIET, 1.1);
  expect(level.peaks[0]).toBeGreaterThan(0.5);
  level.take(QUIET, 4);
  expect(level.peaks[0]).toBeLessThan(0.01);
});

test("lamps stay lit long enough to be seen, and go out", () => {
  const level = new MasterLevel();
  level.take({ ...QUIET, peak_right: 1.3, reduction: 2.6 }, 1);
  level.take(QUIET, 2);
  expect([level.isLimited, level.isClipping]).toEqual([true, true]);
  level.take(QUIET, 2.3);
  expect([level.isLimited, level.isClipping]).toEqual([false, false]);
});

test("the limiter may work without clipping", () => {
  const level = new MasterLevel();
  level.take({ ...QUIET, peak_left: 0.9, reduction: 0.3 }, 1);
  expect([level.isLimited, level.isClipping]).toEqual([true, false]);
  expect(level.words).toBe("−0.9 dB peak, the limiter takes 0.3 dB away");
});

test("an engine that does not play is silent", () => {
  const level = new MasterLevel();
  level.take(null, 1);
  expect(level.words).toContain("silent");
});
