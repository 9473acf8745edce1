import { expect, test } from "vitest";
import { placeOfNew } from "./adding";
import { overlaps, ROW_MM, type Rect } from "./placing";

const SIZE = { width: 40, height: 128.5 };
const WIDE: Rect = { x: 200, y: 0, width: 1000, height: 600 };
const panel = (x: number, y = 0, width = 40): Rect => ({ x, y, width, height: 128.5 });

test("what is added in order hangs in order, edge to edge", () => {
  const rack: Rect[] = [panel(0)];
  for (let count = 1; count <= 4; count++) {
    const place = placeOfNew(SIZE, rack, rack.at(-1)!, WIDE);
    expect(place).toEqual({ x: 40 * count, y: 0 });
    rack.push({ ...SIZE, ...place });
  }
});

test("a module hangs right of the one touched last, not of the last one added", () => {
  expect(placeOfNew(SIZE, [panel(0), panel(200)], panel(0), WIDE)).toEqual({ x: 40, y: 0 });
});

test("a gap that is too narrow is passed over", () => {
  expect(placeOfNew(SIZE, [panel(0), panel(70)], panel(0), WIDE)).toEqual({ x: 110, y: 0 });
});

test("where the row leaves the view the next row goes on, from its left", () => {
  const rack = [panel(0), panel(40), panel(80)];
  const view = { x: 40, y: -ROW_MM / 2, width: 130, height: 300 };
  expect(placeOfNew(SIZE, rack, rack[2]!, view)).toEqual({ x: 0, y: -ROW_MM });
});

test("without room in the view it hangs outside, but in its row", () => {
  const rack = [panel(0), panel(40), panel(80)];
  expect(placeOfNew(SIZE, rack, rack[2]!, { x: 40, y: 0, width: 130, height: 140 })).toEqual({ x: 120, y: 0 });
});

test("nothing touched yet: right of the rightmost; nothing there yet: in the middle of the view", () => {
  expect(placeOfNew(SIZE, [panel(40), panel(0)], null, WIDE)).toEqual({ x: 80, y: 0 });
  expect(placeOfNew(SIZE, [], null, WIDE)).toEqual({ x: 200, y: 0 });
});

test("it never lies over another, however they hang", () => {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const rack: Rect[] = [];
  for (let count = 0; count < 120; count++) {
    const size = { width: 20 + Math.round(random() * 6) * 15, height: 128.5 };
    const last = rack.length ? rack[Math.floor(random() * rack.length)]! : null;
    const place = placeOfNew(size, rack, last, { x: random() * 400, y: random() * 300, width: 300, height: 400 });
    expect(rack.some((other) => overlaps({ ...size, ...place }, other))).toBe(false);
    rack.push({ ...size, ...place });
  }
});
