/** The discrete Fourier transform of a power of two of complex samples, in place. */
export class Fourier {
  private readonly cosines: Float64Array;
  private readonly sines: Float64Array;

  constructor(readonly size: number) {
    if (size < 2 || (size & (size - 1)) !== 0) throw new RangeError(`${size} is not a power of two.`);
    this.cosines = Float64Array.from({ length: size / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / size));
    this.sines = Float64Array.from({ length: size / 2 }, (_, index) => Math.sin((2 * Math.PI * index) / size));
  }

  /** Both arrays hold `size` samples and then the spectrum, unscaled. */
  transform(real: Float64Array, imaginary: Float64Array): void {
    this.reorder(real, imaginary);
    for (let span = 1; span < this.size; span *= 2) this.butterflies(real, imaginary, span);
  }

  private reorder(real: Float64Array, imaginary: Float64Array): void {
    for (let index = 1, mirrored = 0; index < this.size; index++) {
      let bit = this.size >> 1;
      for (; mirrored & bit; bit >>= 1) mirrored ^= bit;
      mirrored |= bit;
      if (index >= mirrored) continue;
      swap(real, index, mirrored);
      swap(imaginary, index, mirrored);
    }
  }

  private butterflies(re: Float64Array, im: Float64Array, span: number): void {
    const stride = this.size / (2 * span);
    for (let start = 0; start < this.size; start += 2 * span) {
      for (let offset = 0; offset < span; offset++) {
        const cosine = this.cosines[offset * stride]!;
        const sine = -this.sines[offset * stride]!;
        const [upper, lower] = [start + offset, start + offset + span];
        const turnedRe = re[lower]! * cosine - im[lower]! * sine;
        const turnedIm = re[lower]! * sine + im[lower]! * cosine;
        re[lower] = re[upper]! - turnedRe;
        im[lower] = im[upper]! - turnedIm;
        re[upper]! += turnedRe;
        im[upper]! += turnedIm;
      }
    }
  }
}

function swap(values: Float64Array, one: number, other: number): void {
  const kept = values[one]!;
  values[one] = values[other]!;
  values[other] = kept;
}
