import { BlotterError, invalid } from "../../../domain/errors.js";
import { formatInstant, type Instant } from "../../../domain/instant.js";
import type { BrokerEvent, BrokerPosition } from "../../../ports/broker.js";
import type { BrokerAccount, BrokerClient } from "../../../ports/broker-client.js";
import { RefusedRow } from "../../refused-row.js";
import { brokerAccount } from "../account-row.js";
import { numericId } from "../numeric-id.js";
import { orderEvent } from "../order-row.js";
import { positionEvent } from "../position-row.js";
import { eventOf, readObject } from "../row-reading.js";
import { tradeEvent } from "../trade-row.js";
import { GatewayCalls } from "./calls.js";
import { contractOf, type ProjectXContract } from "./contract-row.js";
import { DEFAULT_BASE_URL, gatewayUrl } from "./credentials.js";
import { ENDPOINTS, type Endpoint } from "./endpoints.js";
import { Exchange } from "./exchange.js";
import { type ProjectXOrder, placeBody } from "./order-request.js";
import { RateLimits } from "./rate-limits.js";
import { Secrets } from "./secrets.js";
import { Session } from "./session.js";

export interface ProjectXOptions {
  /** Default: TopstepX, `https://api.topstepx.com`. */
  readonly baseUrl?: string;
  readonly userName: string;
  readonly apiKey: string;
  /** Default: Node's own. */
  readonly fetch?: typeof fetch;
  /** For one request and its answer; default 15,000. */
  readonly timeoutMs?: number;
  /** Milliseconds since 1970, for the age of a token; default: the computer's clock. */
  readonly now?: () => number;
  /** Pauses between tries; default: a timer. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** From 0 to 1, for the length of pauses. */
  readonly random?: () => number;
  /** Told of every try that is repeated and every row left out. Default: a warning of the process. */
  readonly onWarning?: (message: string) => void;
}

/** `FillInput.source` and `OrderInput.source` of what the API tells. */
export const API_SOURCE = "projectx-api";

/**
 * The ProjectX Gateway (TopstepX) over HTTP. It keeps the gateway's rate limits, logs in by itself
 * and renews its token. Calls that only read are repeated when they fail; one that moves an order
 * is never sent twice. No message contains the key or a token.
 */
export class ProjectXClient implements BrokerClient {
  readonly #calls: GatewayCalls;
  readonly #session: Session;
  readonly #secrets = new Secrets();
  readonly #onWarning: (message: string) => void;

  /** @throws BlotterError `invalid` for an address, a user name or a key that cannot be one */
  constructor(options: ProjectXOptions) {
    const { userName, apiKey, timeoutMs = 15_000, now = Date.now, random = Math.random } = options;
    if (!userName || !apiKey) throw invalid("a ProjectX client needs a user name and an API key");
    const secrets = this.#secrets;
    secrets.keep(apiKey);
    this.#onWarning = options.onWarning ?? ((message) => process.emitWarning(message));
    const { sleep = pause, fetch: ask = fetch } = options;
    const baseUrl = gatewayUrl(options.baseUrl ?? DEFAULT_BASE_URL, "baseUrl");
    const exchange = new Exchange({ baseUrl, fetch: ask, timeoutMs, now });
    const onWarning = this.#onWarning;
    const limits = new RateLimits();
    this.#calls = new GatewayCalls({ exchange, limits, secrets, sleep, random, onWarning });
    const calls = this.#calls;
    this.#session = new Session({ userName, apiKey, calls, secrets, now, onWarning });
  }

  /** The token for `accessTokenFactory` of the hubs' connections. Keep it out of logs. */
  accessToken(): Promise<string> {
    return this.#session.token();
  }

  async accounts(): Promise<readonly BrokerAccount[]> {
    const rows = await this.#rows(ENDPOINTS.accounts, { onlyActiveAccounts: false });
    return this.#readable(ENDPOINTS.accounts, rows, brokerAccount);
  }

  async orders(
    accountId: string,
    from: Instant,
    to: Instant | null,
  ): Promise<readonly BrokerEvent[]> {
    return this.#events(ENDPOINTS.orders, span(accountId, from, to), orderEvent);
  }

  async fills(
    accountId: string,
    from: Instant,
    to: Instant | null,
  ): Promise<readonly BrokerEvent[]> {
    return this.#events(ENDPOINTS.trades, span(accountId, from, to), tradeEvent);
  }

  async openOrders(accountId: string): Promise<readonly BrokerEvent[]> {
    return this.#events(ENDPOINTS.openOrders, ofAccount(accountId), orderEvent);
  }

  /**
   * @throws BlotterError `unavailable` also when one row cannot be read: left out, it would be
   *   taken for a position that is closed
   */
  async positions(accountId: string): Promise<readonly BrokerPosition[]> {
    const rows = await this.#rows(ENDPOINTS.positions, ofAccount(accountId));
    return rows.flatMap((row) => {
      try {
        const { input } = positionEvent(row);
        return input.side === null ? [] : [input];
      } catch (error) {
        if (!(error instanceof RefusedRow)) throw error;
        const why = `a position that cannot be read: ${error.message}`;
        const message = this.#secrets.hide(`ProjectX ${ENDPOINTS.positions.path} failed: ${why}`);
        throw new BlotterError("unavailable", message);
      }
    });
  }

  /** Contracts whose name or description contains a text: at most 20, says the vendor. */
  async contracts(searchText: string, live = false): Promise<readonly ProjectXContract[]> {
    const rows = await this.#rows(ENDPOINTS.contracts, { searchText, live });
    return this.#readable(ENDPOINTS.contracts, rows, contractOf);
  }

  /** All contracts that may be traded now. */
  async availableContracts(live = false): Promise<readonly ProjectXContract[]> {
    const rows = await this.#rows(ENDPOINTS.availableContracts, { live });
    return this.#readable(ENDPOINTS.availableContracts, rows, contractOf);
  }

  /** @throws BlotterError `invalid` (ContractNotFound) when the gateway does not know it */
  async contract(contractId: string): Promise<ProjectXContract> {
    const row = await this.#calls.read(ENDPOINTS.contract, { contractId }, this.#session);
    const [contract] = this.#readable(ENDPOINTS.contract, [row], contractOf);
    if (contract !== undefined) return contract;
    throw invalid(`ProjectX describes contract ${contractId} in a way that cannot be read`);
  }

  /**
   * Sends an order, once, after its turn in the rate limit: at once, but for the 201st call of a
   * minute. Accepted is not filled: what becomes of it, the hub and `orders` tell.
   *
   * @returns the gateway's id of the order
   * @throws BlotterError `invalid` with the gateway's reason when it is refused; `unavailable` when
   *   it surely was not placed, and with `outcome: "unknown"` when nobody knows: a timeout, a
   *   network error, a server's error. Then look for its tag among the account's orders
   */
  async placeOrder(order: ProjectXOrder): Promise<string> {
    return this.#calls.send(ENDPOINTS.place, placeBody(order), this.#session);
  }

  /** Asks to cancel an order; errors as `placeOrder`. */
  async cancelOrder(accountId: string, orderId: string): Promise<void> {
    const body = { ...ofAccount(accountId), orderId: numericId(orderId, "order id") };
    await this.#calls.send(ENDPOINTS.cancel, body, this.#session);
  }

  /** Closes what an account holds of a contract, at the market; errors as `placeOrder`. */
  async closePosition(accountId: string, contractId: string): Promise<void> {
    const body = { ...ofAccount(accountId), contractId };
    await this.#calls.send(ENDPOINTS.close, body, this.#session);
  }

  async #rows(endpoint: Endpoint<readonly unknown[]>, body: object): Promise<readonly unknown[]> {
    return this.#calls.read(endpoint, body, this.#session);
  }

  async #events(
    endpoint: Endpoint<readonly unknown[]>,
    body: object,
    read: (row: unknown, source: string) => BrokerEvent,
  ): Promise<readonly BrokerEvent[]> {
    const rows = await this.#rows(endpoint, body);
    return rows.flatMap((row) => {
      const parsed = readObject(row, () => read(row, API_SOURCE));
      return parsed === null ? [] : [eventOf(parsed, API_SOURCE)];
    });
  }

  #readable<T>(
    endpoint: Endpoint<unknown>,
    rows: readonly unknown[],
    read: (row: unknown) => T,
  ): readonly T[] {
    return rows.flatMap((row) => {
      try {
        return [read(row)];
      } catch (error) {
        if (!(error instanceof RefusedRow)) throw error;
        const what = `ProjectX ${endpoint.path}: a row is left out, ${error.message}`;
        this.#onWarning(this.#secrets.hide(what));
        return [];
      }
    });
  }
}

function ofAccount(accountId: string): { readonly accountId: number } {
  return { accountId: numericId(accountId, "account id") };
}

function span(accountId: string, from: Instant, to: Instant | null): object {
  const start = { ...ofAccount(accountId), startTimestamp: formatInstant(from) };
  return to === null ? start : { ...start, endTimestamp: formatInstant(to) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
