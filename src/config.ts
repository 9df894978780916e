import { invalid } from "./domain/errors.js";
import { show } from "./domain/ids.js";
import { type StrategyRule, strategyOfTag, strategyRule } from "./domain/strategy.js";
import type { BrokerClient } from "./ports/broker-client.js";
import type { Clock } from "./ports/clock.js";
import type { Store } from "./ports/store.js";

/** What a bot or the command line may say; everything has a default. */
export interface BlotterOptions {
  /**
   * Where the books are: `file:./trading_bot.db`, `:memory:`, `postgres://user@host/db`, `pglite:DIR`,
   * `pglite:memory`. Default: `$BLOTTER_DB`, else `file:./trading_bot.db`.
   */
  readonly url?: string;
  /** A store of your own instead of the one at `url`: anything that keeps the contract of the port. */
  readonly store?: Store;
  /** False: opening a store that does not exist is an error instead of a new store. Default true. */
  readonly create?: boolean;
  /** How an order's custom tag names its strategy: a pattern whose first group is the name, or a function. */
  readonly strategyTag?: RegExp | StrategyRule;
  /** The broker's API, which the reconciler asks: a `ProjectXClient`, or any other `BrokerClient`. */
  readonly broker?: BrokerClient;
  /** Default: the computer's clock. */
  readonly clock?: Clock;
  /** How long a write waits for another process's lock before it gives up. Default 10,000. */
  readonly lockTimeoutMs?: number;
  /** False: trading days are closed by `closeDay` alone, not at 17:00 Chicago and on start. Default true. */
  readonly closeDays?: boolean;
}

export type StoreUrl =
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "sqlite-memory" }
  | { readonly kind: "postgres"; readonly url: string }
  | { readonly kind: "pglite"; readonly directory: string }
  | { readonly kind: "pglite-memory" };

export interface Config {
  readonly store: StoreUrl;
  readonly create: boolean;
  readonly strategyOf: StrategyRule;
  readonly lockTimeoutMs: number;
  readonly closeDays: boolean;
}

export const DEFAULT_URL = "file:./trading_bot.db";

/** @throws BlotterError `invalid` naming the option */
export function parseConfig(
  options: BlotterOptions = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const { strategyTag = strategyOfTag, lockTimeoutMs = 10_000, create = true } = options;
  const { closeDays = true } = options;
  if (!Number.isFinite(lockTimeoutMs) || lockTimeoutMs < 0) {
    throw invalid(`lockTimeoutMs must be a number from 0, was ${show(lockTimeoutMs)}`);
  }
  const url = options.url ?? (environment.BLOTTER_DB || DEFAULT_URL);
  return {
    store: parseStoreUrl(url),
    create,
    strategyOf: strategyTag instanceof RegExp ? strategyRule(strategyTag) : strategyTag,
    lockTimeoutMs,
    closeDays,
  };
}

/** @throws BlotterError `invalid` listing the forms that are understood */
export function parseStoreUrl(url: string): StoreUrl {
  if (url === ":memory:") return { kind: "sqlite-memory" };
  if (url === "pglite:memory") return { kind: "pglite-memory" };
  const [, scheme, rest = ""] = /^(file|pglite|postgres|postgresql):(.*)$/s.exec(url) ?? [];
  if (scheme === "file" && rest !== "") return { kind: "sqlite", path: rest };
  if (scheme === "pglite" && rest !== "") return { kind: "pglite", directory: rest };
  if (scheme?.startsWith("postgres") && rest.startsWith("//")) return { kind: "postgres", url };
  throw invalid(
    `store url must be file:PATH, :memory:, postgres://..., pglite:DIR or pglite:memory, was ${withoutPassword(url)}`,
  );
}

/** A store url as it may stand in messages. */
export function withoutPassword(url: string): string {
  return show(url.replace(/(\/\/[^:/@]*):[^@/]*@/, "$1:***@"));
}
