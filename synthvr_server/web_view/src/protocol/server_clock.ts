/** The server's clock as seen from here, and the way there and back. Times in seconds. */
import type { Clock, Pong } from "./messages";

const KEPT = 16;

interface Reading {
  readonly roundTrip: number;
  /** Server time minus local time. */
  readonly offset: number;
}

const UNKNOWN: Reading = { roundTrip: Infinity, offset: 0 };

export class ServerClock {
  private readings: Reading[] = [];
  private latest: Clock = { server_time: 0, sample_time: 0 };
  private rate = 48_000;

  constructor(private readonly now: () => number) {}

  /** From a welcome: its way took an unknown time, so the first pong replaces it. */
  reset(clock: Clock, rate: number): void {
    this.latest = clock;
    this.rate = rate;
    this.readings = [{ roundTrip: Infinity, offset: clock.server_time - this.now() }];
  }

  pong(message: Pong): void {
    const roundTrip = this.now() - message.time;
    this.latest = message.clock;
    this.readings.push({ roundTrip, offset: message.clock.server_time - (message.time + roundTrip / 2) });
    if (this.readings.length > KEPT) this.readings.shift();
  }

  /** Seconds there and back, the latest measured; undefined before the first. */
  get roundTrip(): number | undefined {
    const latest = this.readings.at(-1)?.roundTrip;
    return latest !== undefined && Number.isFinite(latest) ? latest : undefined;
  }

  /** The server's time now, by the reading with the shortest way: it is the least distorted. */
  get serverTime(): number {
    return this.now() + this.best.offset;
  }

  /** How wrong `serverTime` can be, s: half the shortest way, were all of it in one direction. */
  get uncertainty(): number {
    return this.best.roundTrip / 2;
  }

  private get best(): Reading {
    return this.readings.reduce((one, other) => (other.roundTrip <= one.roundTrip ? other : one), UNKNOWN);
  }

  /** When the engine played a frame, in server time. */
  timeOfFrame(sampleTime: number): number {
    return this.latest.server_time + (sampleTime - this.latest.sample_time) / this.rate;
  }
}
