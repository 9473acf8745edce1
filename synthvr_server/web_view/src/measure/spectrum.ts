/**
 * Levels over frequency in dB; 0 dB is a sine of ±5 V. A four-term Blackman–Harris window keeps what leaks below
 * −92 dB, so that aliases can be told from leakage (Harris, Proc. IEEE 66, 1978).
 */
import { Fourier } from "./fourier";

const FULL_VOLTS = 5;
const TERMS = [0.35875, 0.48829, 0.14128, 0.01168] as const;
export const FLOOR_DB = -140;

export class Spectrum {
  private readonly fourier: Fourier;
  private readonly window: Float64Array;
  private readonly scale: number;
  private readonly real: Float64Array;
  private readonly imaginary: Float64Array;

  /** `size` frames, a power of two. */
  constructor(readonly size: number) {
    this.fourier = new Fourier(size);
    this.window = Float64Array.from({ length: size }, (_, frame) => {
      const angle = (2 * Math.PI * frame) / size;
      return TERMS[0] - TERMS[1] * Math.cos(angle) + TERMS[2] * Math.cos(2 * angle) - TERMS[3] * Math.cos(3 * angle);
    });
    this.scale = 2 / (this.window.reduce((sum, weight) => sum + weight, 0) * FULL_VOLTS);
    this.real = new Float64Array(size);
    this.imaginary = new Float64Array(size);
  }

  /** dB in `size / 2` bins from 0 Hz up; `samples` are `size` volts. */
  levels(samples: Float32Array): Float32Array {
    const mean = samples.reduce((sum, volts) => sum + volts, 0) / samples.length;
    for (let frame = 0; frame < this.size; frame++) this.real[frame] = ((samples[frame] ?? 0) - mean) * this.window[frame]!;
    this.imaginary.fill(0);
    this.fourier.transform(this.real, this.imaginary);
    return Float32Array.from({ length: this.size / 2 }, (_, bin) => {
      const size = Math.hypot(this.real[bin]!, this.imaginary[bin]!) * this.scale;
      return size > 0 ? Math.max(FLOOR_DB, 20 * Math.log10(size)) : FLOOR_DB;
    });
  }
}
