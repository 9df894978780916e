import type { GatewayEngine, QuoteEvent } from "./gateway-engine.js";
import type { HubEvent, HubEventName } from "./gateway-rows.js";
import { AT_ONCE, type Hold, type HubFaults } from "./hub-faults.js";

/** As a SignalR connection's own handlers: they take whatever the hub sends. */
type HubHandler = (...args: unknown[]) => unknown;

interface Held {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly dueUs: number;
  eventsLeft: number;
}

const USER_SUBSCRIPTIONS: Readonly<Record<string, HubEventName>> = {
  Accounts: "GatewayUserAccount",
  Orders: "GatewayUserOrder",
  Positions: "GatewayUserPosition",
  Trades: "GatewayUserTrade",
};
const CONTRACT_SUBSCRIPTIONS: Readonly<Record<string, string>> = {
  ContractQuotes: "GatewayQuote",
};

/**
 * Behaves like a SignalR `HubConnection` with automatic reconnect, as far as a bot uses it, for the
 * user hub and the market hub in one. It delivers what was subscribed to and nothing else; what
 * happens while it is away is lost; a reconnect has no subscriptions left.
 */
export class HubStandIn {
  state: "Disconnected" | "Connected" | "Reconnecting" = "Disconnected";
  connectionId: string | null = null;
  /** What the handlers threw: SignalR writes it to its log and goes on. */
  readonly handlerErrors: unknown[] = [];
  readonly #handlers = new Map<string, HubHandler[]>();
  readonly #subscriptions = new Set<string>();
  readonly #onReconnecting: ((error?: Error) => void)[] = [];
  readonly #onReconnected: ((connectionId?: string) => void)[] = [];
  readonly #onClose: ((error?: Error) => void)[] = [];
  readonly #unlisten: (() => void)[] = [];
  #held: Held[] = [];
  #backUs = 0;
  #connections = 0;

  constructor(
    private readonly engine: GatewayEngine,
    private readonly faults: HubFaults | null = null,
  ) {}

  on(name: string, handler: HubHandler): void {
    this.#handlers.set(name, [...(this.#handlers.get(name) ?? []), handler]);
  }

  off(name: string, handler?: HubHandler): void {
    const left = handler ? (this.#handlers.get(name) ?? []).filter((one) => one !== handler) : [];
    this.#handlers.set(name, left);
  }

  onreconnecting(callback: (error?: Error) => void): void {
    this.#onReconnecting.push(callback);
  }

  onreconnected(callback: (connectionId?: string) => void): void {
    this.#onReconnected.push(callback);
  }

  onclose(callback: (error?: Error) => void): void {
    this.#onClose.push(callback);
  }

  async start(): Promise<void> {
    if (this.state !== "Disconnected") throw new Error("the connection is started already");
    this.#connect();
    this.#unlisten.push(
      this.engine.onEvent((event) => this.#hear(event)),
      this.engine.onClock(() => this.#clockMoved()),
    );
  }

  async stop(): Promise<void> {
    this.#close();
  }

  /** The server's end of the connection, which no reconnect follows. */
  fail(error: Error): void {
    this.#close(error);
  }

  async invoke(method: string, ...args: readonly unknown[]): Promise<void> {
    if (this.state !== "Connected") {
      throw new Error("Cannot send data if the connection is not in the 'Connected' State.");
    }
    const [, verb, what = ""] = /^(Subscribe|Unsubscribe)(\w+)$/.exec(method) ?? [];
    const event = USER_SUBSCRIPTIONS[what] ?? CONTRACT_SUBSCRIPTIONS[what];
    if (event === undefined) throw new Error(`Method does not exist: ${method}`);
    const key = event === "GatewayUserAccount" ? event : `${event} ${String(args[0])}`;
    if (verb === "Subscribe") this.#subscriptions.add(key);
    else this.#subscriptions.delete(key);
    if (event === "GatewayQuote" && !this.#hearsQuotes) {
      this.#hearsQuotes = true;
      this.#unlisten.push(this.engine.onQuote((quote) => this.#hearQuote(quote)));
    }
  }

  #hearsQuotes = false;

  /** Goes away for some time of the virtual clock, and then reconnects by itself. */
  disconnect(us: number): void {
    if (this.state !== "Connected") return;
    this.state = "Reconnecting";
    this.connectionId = null;
    this.#backUs = this.engine.nowUs + us;
    this.#subscriptions.clear();
    this.#held = [];
    const error = new Error("WebSocket closed with status code: 1006");
    for (const callback of this.#onReconnecting) callback(error);
  }

  /** Delivers what is still held back. */
  flush(): void {
    const held = this.#held;
    this.#held = [];
    for (const { name, args } of held) this.#call(name, args);
  }

  #connect(): void {
    this.#connections += 1;
    this.state = "Connected";
    this.connectionId = `connection-${this.#connections}`;
  }

  #close(error?: Error): void {
    if (this.state === "Disconnected") return;
    this.state = "Disconnected";
    this.connectionId = null;
    this.#subscriptions.clear();
    this.#held = [];
    for (const unlisten of this.#unlisten.splice(0)) unlisten();
    this.#hearsQuotes = false;
    for (const callback of this.#onClose) callback(error);
  }

  #clockMoved(): void {
    const { nowUs } = this.engine;
    if (this.state === "Reconnecting" && nowUs >= this.#backUs) {
      this.#connect();
      for (const callback of this.#onReconnected) callback(this.connectionId ?? undefined);
    }
    if (this.#held.length > 0)
      this.#release(({ dueUs, eventsLeft }) => eventsLeft === 0 && dueUs <= nowUs);
  }

  #hear({ event, accountId, payload }: HubEvent): void {
    const key = event === "GatewayUserAccount" ? event : `${event} ${accountId}`;
    this.#take(key, event, [payload]);
  }

  #hearQuote({ event, contractId, quote }: QuoteEvent): void {
    this.#take(`${event} ${contractId}`, event, [contractId, quote]);
  }

  #take(key: string, name: string, args: readonly unknown[]): void {
    if (this.state !== "Connected" || !this.#subscriptions.has(key)) return;
    const fate = this.faults?.next() ?? { deliveries: [AT_ONCE] };
    if ("disconnectUs" in fate) {
      this.disconnect(fate.disconnectUs);
      return;
    }
    const before = this.#held.length;
    for (const hold of fate.deliveries) this.#deliver(name, args, hold);
    if (before > 0) this.#countEvent(before);
  }

  #deliver(name: string, args: readonly unknown[], hold: Hold): void {
    if (hold === AT_ONCE) this.#call(name, args);
    else {
      const dueUs = this.engine.nowUs + hold.us;
      this.#held.push({ name, args, dueUs, eventsLeft: hold.events });
    }
  }

  /** One more event has come: those that waited for it go next. */
  #countEvent(before: number): void {
    for (const held of this.#held.slice(0, before)) {
      if (held.eventsLeft > 0) held.eventsLeft -= 1;
    }
    const { nowUs } = this.engine;
    this.#release(({ dueUs, eventsLeft }) => eventsLeft === 0 && dueUs <= nowUs);
  }

  #release(isDue: (held: Held) => boolean): void {
    const due = this.#held.filter(isDue);
    if (due.length === 0) return;
    this.#held = this.#held.filter((held) => !due.includes(held));
    for (const { name, args } of due) this.#call(name, args);
  }

  #call(name: string, args: readonly unknown[]): void {
    for (const handler of this.#handlers.get(name) ?? []) {
      try {
        handler(...args);
      } catch (error) {
        this.handlerErrors.push(error);
      }
    }
  }
}
