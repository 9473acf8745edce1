import { expect, test } from "vitest";
import { bounds, nearestFree, neighbour, overlaps, ROW_MM, snapped, type Rect } from "./placing";

const panel = (x: number, y = 0, width = 40): Rect => ({ x, y, width, height: 128.5 });

test("a panel is drawn edge to edge with its neighbour, and into its row", () => {
  expect(snapped(panel(43, 4), [panel(0)])).toEqual(panel(40, 0));
});

test("a panel is drawn to the row below, flush with the one above it", () => {
  expect(snapped(panel(-4, -130), [panel(0)])).toEqual(panel(0, -ROW_MM));
});

test("far from everything a panel stays where it is", () => {
  expect(snapped(panel(300, 77), [panel(0)])).toEqual(panel(300, 77));
});

test("a panel let go on top of others hangs beside them", () => {
  const others = [panel(0), panel(40), panel(80)];
  const place = nearestFree(panel(41, 3), others);
  expect(others.some((other) => overlaps(place, other))).toBe(false);
});

test("a gap that is wide enough is used", () => {
  expect(nearestFree(panel(62, 2, 20), [panel(0), panel(40), panel(100)])).toEqual(panel(70, 0, 20));
  expect(nearestFree(panel(58), [panel(0), panel(100)]).x).toBe(60);
});

test("the first panel hangs where it is put", () => {
  expect(nearestFree(panel(1, 2), [])).toEqual(panel(1, 2));
});

test("the bounds go round all panels", () => {
  expect(bounds([panel(0), panel(40)])).toEqual({ x: 20, y: 0, width: 80, height: 128.5 });
  expect(bounds([])).toBeNull();
});

test("the focus of a panel that went goes right, or left at the end of a row, or to another row", () => {
  const rects = new Map([["left", panel(0)], ["far", panel(200)], ["below", panel(60, -ROW_MM)]]);
  expect(neighbour(panel(60), rects)).toBe("far");
  expect(neighbour(panel(260), rects)).toBe("far");
  expect(neighbour(panel(60, -2 * ROW_MM), rects)).toBe("below");
  expect(neighbour(panel(0), new Map())).toBeNull();
});
