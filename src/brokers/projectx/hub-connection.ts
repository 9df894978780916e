import type { Instant } from "../../domain/instant.js";
import type { BrokerEvent } from "../../ports/broker.js";

/** What is used of a HubConnection of @microsoft/signalr, which the bot brings. */
export interface HubConnection {
  /** "Connected" and others. */
  readonly state: string;
  on(method: string, handler: (...args: unknown[]) => void): void;
  off(method: string, handler: (...args: unknown[]) => void): void;
  invoke(method: string, ...args: unknown[]): Promise<unknown>;
  onreconnecting(callback: (error?: Error) => void): void;
  onreconnected(callback: (connectionId?: string) => void): void;
  onclose(callback: (error?: Error) => void): void;
}

/** A time in which the hub may have told what we did not hear; it has no replay. */
export interface HubGap {
  /** When the loss of the connection was noticed. */
  readonly from: Instant;
  /** When all subscriptions stood again. */
  readonly to: Instant;
  /**
   * The last sign of life before `from`, up to half a minute earlier on a busy stream and hours on
   * a quiet one: events may be missing from here on. Null when there was none.
   */
  readonly lastHeardAt: Instant | null;
}

/** What went wrong while the stream was listened to. */
export interface HubTrouble {
  readonly doing: "handling" | "subscribing" | "filling a gap";
  /** The event that could not be handled, to be handed over again; null with other troubles. */
  readonly event: BrokerEvent | null;
}
