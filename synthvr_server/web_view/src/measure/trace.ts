/** What an oscilloscope does with its samples: keeps the latest, finds where to start, and measures volts. */

export interface Volts {
  readonly lowest: number;
  readonly highest: number;
  readonly rms: number;
}

/** The latest samples of one jack; a gap in time starts it anew. */
export class SampleWindow {
  private samples: Float32Array;
  private next = 0;
  private count = 0;

  constructor(capacity: number) {
    this.samples = new Float32Array(capacity);
  }

  /** `sampleTime` is that of the first frame. */
  push(sampleTime: number, samples: Float32Array): void {
    if (this.count > 0 && sampleTime !== this.next) this.count = 0;
    const capacity = this.samples.length;
    const news = samples.subarray(Math.max(0, samples.length - capacity));
    const kept = Math.min(this.count, capacity - news.length);
    this.samples.copyWithin(0, this.count - kept, this.count);
    this.samples.set(news, kept);
    this.count = kept + news.length;
    this.next = sampleTime + samples.length;
  }

  get length(): number {
    return this.count;
  }

  /** The last `frames`, or as many as there are. */
  latest(frames: number): Float32Array {
    return this.samples.subarray(Math.max(0, this.count - frames), this.count);
  }
}

export function voltsOf(samples: Float32Array): Volts {
  let [lowest, highest, squares] = [Infinity, -Infinity, 0];
  for (const volts of samples) {
    lowest = Math.min(lowest, volts);
    highest = Math.max(highest, volts);
    squares += volts * volts;
  }
  return samples.length ? { lowest, highest, rms: Math.sqrt(squares / samples.length) } : { lowest: 0, highest: 0, rms: 0 };
}

/** The signal must fall this share of its height below the level before it can trigger again. */
const HYSTERESIS = 0.08;

/**
 * Where, in frames and between two of them, the signal last rose through `level` with `after` frames still to come.
 * Null where it did not.
 */
export function lastTrigger(samples: Float32Array, level: number, after: number): number | null {
  const { lowest, highest } = voltsOf(samples);
  const armedBelow = level - HYSTERESIS * (highest - lowest);
  let armed = false;
  let found: number | null = null;
  for (let frame = 1; frame + after <= samples.length; frame++) {
    const [before, now] = [samples[frame - 1]!, samples[frame]!];
    if (before < armedBelow) armed = true;
    if (!armed || before >= level || now < level) continue;
    armed = false;
    found = frame - 1 + (level - before) / (now - before);
  }
  return found;
}
