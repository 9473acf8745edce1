/** The master's level as the eye wants it: peaks fall slowly, lamps stay lit long enough to be seen. */
import type { Meters } from "../protocol/messages";

/** Time in which a peak falls to 1/e, s. */
const FALL_SECONDS = 0.35;
const LAMP_SECONDS = 1.2;
const LOWEST_DB = -60;
const HIGHEST_DB = 6;
/** Below this the limiter bends the sound by less than anybody hears, dB. */
const SEEN_REDUCTION = 0.05;

export class MasterLevel {
  /** Left and right before the limiter; 1 is full scale. */
  peaks: readonly [number, number] = [0, 0];
  private reduction = 0;
  private limitedUntil = 0;
  private clippedUntil = 0;
  private at = 0;

  /** `now` in seconds; null is an engine that does not play. */
  take(meters: Meters | null, now: number): void {
    const fall = Math.exp(-Math.max(0, now - this.at) / FALL_SECONDS);
    this.at = now;
    const { peak_left = 0, peak_right = 0, reduction = 0 } = meters ?? {};
    this.peaks = [Math.max(peak_left, this.peaks[0] * fall), Math.max(peak_right, this.peaks[1] * fall)];
    this.reduction = Math.max(reduction, this.reduction * fall);
    if (reduction > SEEN_REDUCTION) this.limitedUntil = now + LAMP_SECONDS;
    if (Math.max(peak_left, peak_right) > 1) this.clippedUntil = now + LAMP_SECONDS;
  }

  get isLimited(): boolean {
    return this.at < this.limitedUntil;
  }

  get isClipping(): boolean {
    return this.at < this.clippedUntil;
  }

  get words(): string {
    const peak = `${decibelsText(Math.max(...this.peaks))} peak`;
    return this.isLimited ? `${peak}, the limiter takes ${this.reduction.toFixed(1)} dB away` : peak;
  }
}

/** How much of a bar from −60 to +6 dB a level fills, 0–1. */
export function barOf(level: number): number {
  const decibels = level > 0 ? 20 * Math.log10(level) : LOWEST_DB;
  return Math.min(1, Math.max(0, (decibels - LOWEST_DB) / (HIGHEST_DB - LOWEST_DB)));
}

function decibelsText(level: number): string {
  return level < 1e-3 ? "silent, below −60 dB" : `${(20 * Math.log10(level)).toFixed(1).replace("-", "−")} dB`;
}
