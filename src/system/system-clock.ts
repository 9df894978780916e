import { epochMsToInstant, type Instant } from "../domain/instant.js";
import type { Clock } from "../ports/clock.js";

/** The computer's clock, to the millisecond. */
export class SystemClock implements Clock {
  now(): Instant {
    return epochMsToInstant(Date.now());
  }
}
