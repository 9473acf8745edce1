/**
 * Stereo frames that arrive in pieces over a network and leave at a steady rate. Held near a target depth by playing
 * up to 0.5 % faster or slower, which nobody hears; what is too much is dropped. Running dry is counted, and deepens
 * the target: the way is less even than was hoped. As long as all goes well the target creeps back.
 */

/** Where a ring stands. Depths in frames of the stream. */
export interface RingState {
  readonly depth: number;
  readonly underruns: number;
  readonly dropped: number;
  /** Sample time of the frame that is played next; null while filling. */
  readonly sampleTime: number | null;
}

const MOST_CORRECTION = 0.005;
/** Correction for each share of the target by which the depth is off. */
const CORRECTION_PER_TARGET = 0.01;
/** Smoothing of the depth, per pull: pieces come in steps. */
const SMOOTHING = 0.02;
const TOO_DEEP = 3;
const DEEPER = 1.5;
const DEEPEST = 6; // times the target it began with
/** Frames without running dry after which the target becomes shallower: 5 s. */
const CALM_FRAMES = 240_000;
const SHALLOWER = 0.9;
const FADE_PER_FRAME = 1 / 96;

export class Ring {
  private readonly left: Float32Array;
  private readonly right: Float32Array;
  private written = 0;
  private read = 0; // both count frames since the start; read is fractional
  private startTime = 0; // sample time of frame 0
  private filling = true;
  private smoothed = 0;
  private gain = 0;
  private calm = 0;
  private target: number;
  private underruns = 0;
  private dropped = 0;

  /** `shallowest` is the depth to begin with, in frames; the capacity must be twenty times as much. */
  constructor(capacity: number, private readonly shallowest: number) {
    this.target = shallowest;
    this.left = new Float32Array(capacity);
    this.right = new Float32Array(capacity);
  }

  get state(): RingState {
    return {
      depth: this.depth,
      underruns: this.underruns,
      dropped: this.dropped,
      sampleTime: this.filling ? null : this.startTime + this.read,
    };
  }

  /** `pcm` is interleaved stereo. A gap in time starts the ring anew where it stands. */
  push(sampleTime: number, pcm: Int16Array): void {
    if (sampleTime !== this.startTime + this.written) {
      this.startTime = sampleTime - this.written;
    }
    const { length: capacity } = this.left;
    for (let index = 0; index + 1 < pcm.length; index += 2) {
      const slot = this.written % capacity;
      this.left[slot] = pcm[index]! / 32768;
      this.right[slot] = pcm[index + 1]! / 32768;
      this.written++;
    }
    if (this.filling && this.depth >= this.target) this.start();
    else if (this.depth > Math.min(TOO_DEEP * this.target, capacity - 4)) this.trim();
  }

  /** Fills both channels; `ratio` is the stream's rate by the output's. */
  pull(left: Float32Array, right: Float32Array, ratio: number): void {
    const step = ratio * this.correction();
    this.relax(left.length);
    for (let frame = 0; frame < left.length; frame++) {
      if (!this.filling && this.depth < 3) this.runDry();
      if (this.filling) {
        this.gain = 0;
        left[frame] = right[frame] = 0;
        continue;
      }
      this.gain = Math.min(1, this.gain + FADE_PER_FRAME);
      left[frame] = this.gain * this.interpolated(this.left);
      right[frame] = this.gain * this.interpolated(this.right);
      this.read += step;
    }
  }

  private get depth(): number {
    return this.written - this.read;
  }

  /** Plays from exactly the target depth: what piled up before is not worth its delay. */
  private start(): void {
    this.read = this.written - this.target;
    this.smoothed = this.target;
    this.filling = false;
  }

  private trim(): void {
    const before = this.read;
    this.start();
    this.dropped += Math.round(this.read - before);
    this.gain = 0;
  }

  private runDry(): void {
    this.underruns++;
    this.calm = 0;
    this.target = Math.round(Math.min(this.shallowest * DEEPEST, this.target * DEEPER));
    this.filling = true;
  }

  private relax(frames: number): void {
    this.calm += frames;
    if (this.calm < CALM_FRAMES) return;
    this.calm = 0;
    this.target = Math.max(this.shallowest, Math.round(this.target * SHALLOWER));
  }

  private correction(): number {
    if (this.filling) return 1;
    this.smoothed += SMOOTHING * (this.depth - this.smoothed);
    const off = (this.smoothed - this.target) / this.target;
    return 1 + Math.min(MOST_CORRECTION, Math.max(-MOST_CORRECTION, off * CORRECTION_PER_TARGET));
  }

  /** A cubic through four frames (Catmull–Rom). */
  private interpolated(samples: Float32Array): number {
    const whole = Math.floor(this.read);
    const part = this.read - whole;
    const capacity = samples.length;
    const at = (offset: number) => samples[(((whole + offset) % capacity) + capacity) % capacity]!;
    const [a, b, c, d] = [at(-1), at(0), at(1), at(2)];
    return b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)));
  }
}
