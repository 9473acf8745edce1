/**
 * Levels as the eye wants them: a peak jumps up at once and falls slowly, so that a 1 ms trigger is seen.
 * Volts, and shares of a block's time.
 */
import type { Meters } from "../protocol/messages";
import { Emitter } from "./emitter";

/** The highest and lowest voltage lately: `up` ≥ 0 ≥ `down`. */
export interface Level {
  readonly up: number;
  readonly down: number;
}

export const SILENT: Level = { up: 0, down: 0 };
/** Time in which a level falls to 1/e. */
const FALL_SECONDS = 0.12;

export class LevelMeters {
  readonly changed = new Emitter();
  latest: Meters | null = null;
  private readonly levels = new Map<string, Level[]>();
  private feedback: ReadonlySet<string> = new Set();
  private at = 0;

  /** `now` in seconds. */
  take(message: Meters, now: number): void {
    const fall = Math.exp(-Math.max(0, now - this.at) / FALL_SECONDS);
    this.at = now;
    this.latest = message;
    this.feedback = new Set(message.feedback);
    for (const id of [...this.levels.keys()]) if (!(id in message.modules)) this.levels.delete(id);
    for (const [id, meter] of Object.entries(message.modules)) {
      const before = this.levels.get(id);
      this.levels.set(id, meter.levels.map(([low, high], output) => fallen(before?.[output] ?? SILENT, fall, low, high)));
    }
    this.changed.emit();
  }

  clear(): void {
    this.latest = null;
    this.levels.clear();
    this.feedback = new Set();
    this.changed.emit();
  }

  /** Level of a module's output, counted as in the catalogue. */
  level(module: string, output: number): Level {
    return this.levels.get(module)?.[output] ?? SILENT;
  }

  /** Share of one block's time, 0–1. */
  cpu(module: string): number {
    return this.latest?.modules[module]?.cpu ?? 0;
  }

  notFinite(module: string): number {
    return this.latest?.modules[module]?.not_finite ?? 0;
  }

  /** Whether a cable is heard one block late. */
  isFeedback(cable: string): boolean {
    return this.feedback.has(cable);
  }
}

/** The larger of the two sides, in volts. */
export function peak(level: Level): number {
  return Math.max(level.up, -level.down);
}

function fallen(before: Level, fall: number, low: number, high: number): Level {
  return { up: Math.max(high, before.up * fall, 0), down: Math.min(low, before.down * fall, 0) };
}
