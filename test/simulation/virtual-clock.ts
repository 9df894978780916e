import type { GatewayEngine } from "../../examples/gateway/gateway-engine.js";
import type { Instant } from "../../src/domain/instant.js";
import type { Clock } from "../../src/ports/clock.js";

/** Blotter's clock goes with the gateway's. */
export class VirtualClock implements Clock {
  constructor(private readonly engine: GatewayEngine) {}

  now(): Instant {
    // Whole microseconds since 1970 are what an instant is.
    return this.engine.nowUs as Instant;
  }
}
