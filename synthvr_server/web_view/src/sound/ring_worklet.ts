/** The ring on the browser's audio thread. Pieces come in through the port; how it stands goes back twice a second. */
import { Ring, type RingState } from "./ring";

/** One piece of the stream, on its way to the audio thread. */
export interface Piece {
  readonly sampleTime: number;
  readonly rate: number;
  readonly pcm: Int16Array;
}

/** How the ring stands, on its way back. */
export interface Report extends RingState {
  /** Time of the audio context at which the report was made, s. */
  readonly contextTime: number;
}

interface Port {
  onmessage: ((event: { data: Piece }) => void) | null;
  postMessage(report: Report): void;
}
declare const sampleRate: number;
declare const currentTime: number;
declare class AudioWorkletProcessor {
  readonly port: Port;
}
declare function registerProcessor(name: string, made: new (options: { processorOptions: { targetSeconds: number } }) => AudioWorkletProcessor): void;

const CAPACITY = 1 << 16;
const REPORT_SECONDS = 0.5;

class RingProcessor extends AudioWorkletProcessor {
  private readonly targetSeconds: number;
  private ring: Ring | null = null;
  private rate = sampleRate;
  private reported = 0;

  constructor({ processorOptions }: { processorOptions: { targetSeconds: number } }) {
    super();
    this.targetSeconds = processorOptions.targetSeconds;
    this.port.onmessage = ({ data }) => {
      if (!this.ring || this.rate !== data.rate) this.ring = new Ring(CAPACITY, Math.round(this.targetSeconds * data.rate));
      this.rate = data.rate;
      this.ring.push(data.sampleTime, data.pcm);
    };
  }

  process(_inputs: unknown, [output]: [[Float32Array, Float32Array]]): boolean {
    const [left, right] = output;
    this.ring?.pull(left, right, this.rate / sampleRate);
    if (this.ring && currentTime - this.reported >= REPORT_SECONDS) {
      this.reported = currentTime;
      this.port.postMessage({ ...this.ring.state, contextTime: currentTime });
    }
    return true;
  }
}

registerProcessor("synthvr-ring", RingProcessor);
