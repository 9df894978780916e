import { invalid } from "../../domain/errors.js";
import { epochMsToInstant, type Instant } from "../../domain/instant.js";
import type { BrokerEvent } from "../../ports/broker.js";
import type { Reconciler } from "../../ports/reconciler.js";
import type { BrokerIntake } from "../../ports/services.js";
import type { HubConnection, HubGap, HubTrouble } from "./hub-connection.js";
import { HubSubscription, type SubscribeCall } from "./hub-subscription.js";
import { numericId } from "./numeric-id.js";
import { eventOf } from "./row-reading.js";
import { parseGatewayEvent, STREAM_SOURCE } from "./stream.js";

export interface HubOptions {
  /**
   * Called once the subscriptions stand again after a loss. While it fails it is called again, after
   * a pause; meanwhile the gap stays open, and is part of the next one.
   */
  readonly onGap?: (gap: HubGap) => Promise<void> | void;
  /** Default: a warning of the process. */
  readonly onError?: (error: unknown, trouble: HubTrouble) => void;
  /** Default: the computer's clock. */
  readonly now?: () => Instant;
  /** Pause after a subscription or a gap that failed for the `tries`th time; default: 1 s doubled, to 30 s. */
  readonly pauseMs?: (tries: number) => number;
}

export interface UserHubOptions extends HubOptions {
  readonly accountIds: readonly string[];
  /** Compares each account with the broker after a loss, before `onGap`: what was told meanwhile is not told again. */
  readonly reconciler?: Pick<Reconciler, "sync">;
}

export interface MarketHubOptions extends HubOptions {
  /** The gateway's contract ids: `CON.F.US.MNQ.U26`. */
  readonly contractIds: readonly string[];
}

export interface HubAttachment {
  /**
   * Subscribes now: for a connection that was started after `attachTo`, or again after it was
   * closed. Resolves when all subscriptions stand, or at `detach`.
   */
  subscribe(): Promise<void>;
  /** Removes the handlers and waits for what is being handled. May be called again. */
  detach(): Promise<void>;
}

const USER_EVENTS = [
  "GatewayUserAccount",
  "GatewayUserOrder",
  "GatewayUserPosition",
  "GatewayUserTrade",
];

/**
 * Hooks the user hub's events onto `intake` and subscribes to them for some accounts: at once when
 * the connection stands, else at `subscribe`. Each event is handed over as it arrives, in order and
 * without waiting for the one before, so that the intake can take a burst in one transaction. After
 * a reconnect it subscribes again, until it succeeds, compares the accounts with the broker where it
 * is given a `reconciler`, and calls `onGap`. No handler ever throws into SignalR.
 *
 * @throws BlotterError `invalid` for an account id that is no number
 */
export function attachTo(
  connection: HubConnection,
  intake: Pick<BrokerIntake, "handle">,
  options: UserHubOptions,
): HubAttachment {
  const ids = options.accountIds.map((id) => numericId(id, "account id"));
  const calls: SubscribeCall[] = [["SubscribeAccounts"]];
  for (const id of ids) {
    calls.push(["SubscribeOrders", id], ["SubscribePositions", id], ["SubscribeTrades", id]);
  }
  const onGap = (gap: HubGap) => comparedAfter(gap, options);
  return attach(connection, intake, {
    events: USER_EVENTS,
    calls,
    options: { ...options, onGap },
  });
}

async function comparedAfter(gap: HubGap, options: UserHubOptions): Promise<void> {
  const { reconciler, accountIds, onGap } = options;
  if (reconciler) {
    const away = { from: gap.lastHeardAt ?? gap.from, to: gap.to };
    for (const id of accountIds) await reconciler.sync(id, { reason: "reconnect", gap: away });
  }
  await onGap?.(gap);
}

/**
 * Hooks the market hub's quotes of some contracts onto `intake`, as `attachTo` does the user hub.
 *
 * @throws BlotterError `invalid` without a contract
 */
export function attachToMarket(
  connection: HubConnection,
  intake: Pick<BrokerIntake, "handle">,
  options: MarketHubOptions,
): HubAttachment {
  if (options.contractIds.length === 0) throw invalid("attachToMarket needs a contract id");
  const calls = options.contractIds.map((id): SubscribeCall => ["SubscribeContractQuotes", id]);
  return attach(connection, intake, { events: ["GatewayQuote"], calls, options });
}

interface Wanted {
  readonly events: readonly string[];
  readonly calls: readonly SubscribeCall[];
  readonly options: HubOptions;
}

function attach(
  connection: HubConnection,
  intake: Pick<BrokerIntake, "handle">,
  { events, calls, options }: Wanted,
): HubAttachment {
  const report = reporter(options.onError ?? warn);
  const now = options.now ?? (() => epochMsToInstant(Date.now()));
  const { onGap = () => {}, pauseMs = doubledPauseMs } = options;
  const subscription = new HubSubscription({ connection, calls, now, onGap, pauseMs, report });
  const inFlight = new Set<Promise<void>>();

  const hand = (event: BrokerEvent): void => {
    const handled = settle(
      async () => void (await intake.handle(event)),
      (error) => report(error, { doing: "handling", event }),
    ).finally(() => inFlight.delete(handled));
    inFlight.add(handled);
  };
  const handlers = events.map((name) => {
    const handler = (...args: unknown[]): void => {
      subscription.heard();
      for (const parsed of parseGatewayEvent(name, ...args)) hand(eventOf(parsed, STREAM_SOURCE));
    };
    connection.on(name, handler);
    return { name, handler };
  });
  subscription.start();

  return {
    subscribe: () => subscription.subscribe(),
    async detach() {
      for (const { name, handler } of handlers) connection.off(name, handler);
      await subscription.stop();
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };
}

/** Runs at once, so that calls keep their order, and never rejects. */
async function settle(work: () => Promise<void>, onError: (error: unknown) => void): Promise<void> {
  try {
    await work();
  } catch (error) {
    onError(error);
  }
}

/** An error of the bot's own `onError` ends as a warning: it must not reach SignalR. */
function reporter(
  onError: (error: unknown, trouble: HubTrouble) => void,
): (error: unknown, trouble: HubTrouble) => void {
  return (error, trouble) => {
    try {
      onError(error, trouble);
    } catch (inner) {
      warn(error, trouble);
      warn(inner, trouble);
    }
  };
}

function warn(error: unknown, { doing }: HubTrouble): void {
  const message = error instanceof Error ? error.message : String(error);
  process.emitWarning(`ProjectX hub, ${doing}: ${message}`);
}

function doubledPauseMs(tries: number): number {
  return Math.min(30_000, 1_000 * 2 ** (tries - 1));
}
