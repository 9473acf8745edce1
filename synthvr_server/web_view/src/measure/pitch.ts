/**
 * The fundamental frequency of a signal, by the normalised square difference of McLeod and Wyvill (ICMC 2005), made
 * sharper by looking at as many periods as fit: one period of a high note is only a few samples long.
 */
import { Fourier } from "./fourier";

/** A peak this close to the highest counts as the first period. */
const NEAR_HIGHEST = 0.93;
/** Below this the signal is not periodic enough to have a pitch. */
const CLEAR = 0.7;
const SILENCE_VOLTS = 1e-3;

export class PitchMeter {
  private readonly fourier: Fourier;

  /** `size` frames, a power of two; the lowest pitch has four periods in it. */
  constructor(readonly size: number) {
    this.fourier = new Fourier(2 * size);
  }

  /** Hz, or null where there is no pitch. `samples` are `size` volts. */
  frequency(samples: Float32Array, rate: number): number | null {
    const nsdf = this.squareDifference(samples);
    const period = nsdf && firstPeriod(nsdf);
    return period ? rate / refined(nsdf, period) : null;
  }

  private squareDifference(samples: Float32Array): Float64Array | null {
    const { size } = this;
    const mean = samples.reduce((sum, volts) => sum + volts, 0) / size;
    const real = new Float64Array(2 * size);
    const imaginary = new Float64Array(2 * size);
    for (let frame = 0; frame < size; frame++) real[frame] = samples[frame]! - mean;
    const centred = real.slice(0, size);
    if (centred.every((volts) => Math.abs(volts) < SILENCE_VOLTS)) return null;
    this.fourier.transform(real, imaginary);
    for (let bin = 0; bin < 2 * size; bin++) {
      real[bin] = real[bin]! ** 2 + imaginary[bin]! ** 2;
      imaginary[bin] = 0;
    }
    this.fourier.transform(real, imaginary); // forward is backward for an even spectrum, but for the scale
    let energy = 2 * centred.reduce((sum, volts) => sum + volts * volts, 0);
    return Float64Array.from({ length: size / 2 }, (_, lag) => {
      const similarity = real[lag]! / (2 * size);
      const normalised = energy > 0 ? (2 * similarity) / energy : 0;
      energy -= centred[lag]! ** 2 + centred[size - 1 - lag]! ** 2;
      return normalised;
    });
  }
}

/** The lag of the first peak after the first dip that is nearly as high as the highest. */
function firstPeriod(nsdf: Float64Array): number | null {
  let lag = 1;
  while (lag < nsdf.length && nsdf[lag]! > 0) lag++;
  const peaks: number[] = [];
  for (; lag < nsdf.length - 1; lag++) {
    const height = nsdf[lag]!;
    if (height > 0 && height >= nsdf[lag - 1]! && height > nsdf[lag + 1]!) peaks.push(lag);
  }
  const heights = peaks.map((peak) => vertex(nsdf, peak).height);
  const highest = Math.max(0, ...heights);
  if (highest < CLEAR) return null;
  const first = peaks.find((_, index) => heights[index]! >= NEAR_HIGHEST * highest);
  return first === undefined ? null : vertex(nsdf, first).lag;
}

/** Doubles the number of periods looked at while the peak found is where it was expected. */
function refined(nsdf: Float64Array, first: number): number {
  let period = first;
  for (let count = 2; count * period < nsdf.length - 2; count *= 2) {
    const expected = Math.round(count * period);
    const peak = [-1, 0, 1].map((step) => expected + step).reduce((best, lag) => (nsdf[lag]! > nsdf[best]! ? lag : best), expected);
    if (nsdf[peak]! < CLEAR || nsdf[peak - 1]! > nsdf[peak]! || nsdf[peak + 1]! > nsdf[peak]!) break;
    period = vertex(nsdf, peak).lag / count;
  }
  return period;
}

/** The top of the parabola through a peak and its neighbours. */
function vertex(values: Float64Array, lag: number): { lag: number; height: number } {
  const [left, middle, right] = [values[lag - 1] ?? 0, values[lag] ?? 0, values[lag + 1] ?? 0];
  const bend = left - 2 * middle + right;
  const offset = bend === 0 ? 0 : (left - right) / (2 * bend);
  return { lag: lag + offset, height: middle - ((left - right) * offset) / 4 };
}
