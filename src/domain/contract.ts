import { BlotterError, invalid } from "./errors.js";
import { type ContractId, show } from "./ids.js";
import type { Instant } from "./instant.js";
import { formatPrice, type Money, PRICE_UNIT, type Price } from "./money.js";
import { type Product, parseProduct, tickValueOf } from "./product.js";
import { LISTED_PRODUCTS } from "./products.js";
import type { TradingDay } from "./trading-day.js";

/** One tradable contract with the figures its P&L is computed from. */
export interface Contract {
  readonly contractId: ContractId;
  /** MNQU26: root, month letter, two digits of the year. */
  readonly symbol: string;
  readonly root: string;
  readonly exchange: string;
  readonly name: string;
  readonly tickSize: Price;
  readonly tickValue: Price;
  readonly pointValue: Money;
  /** The last day it trades, where somebody said so. */
  readonly lastTradingDay: TradingDay | null;
}

const CONTRACT_ID = /^CON\.F\.US\.([A-Z0-9]+)\.([FGHJKMNQUVXZ])(\d\d)$/;
const SYMBOL = /^([A-Z0-9]+?)([FGHJKMNQUVXZ])(\d{1,2})$/;

/** Products by root and by gateway code. User-made ones come on top of the listed ones. */
export class ProductCatalog {
  readonly #byRoot = new Map<string, Product>();
  readonly #byCode = new Map<string, Product>();

  constructor(added: Iterable<Product> = []) {
    for (const product of LISTED) this.#put(product);
    for (const product of added) this.#put(product);
  }

  #put(product: Product): void {
    this.#byRoot.set(product.root, product);
    this.#byCode.set(product.code, product);
  }

  byRoot(root: string): Product | undefined {
    return this.#byRoot.get(root);
  }

  byCode(code: string): Product | undefined {
    return this.#byCode.get(code);
  }

  all(): readonly Product[] {
    return [...this.#byRoot.values()];
  }

  /**
   * Understands CON.F.US.MNQ.U26, MNQU26, MNQU6 and an undated root. A one-digit year is the one nearest
   * to `at` from one year before it to eight after: the row's own instant, never the clock.
   *
   * @throws BlotterError `not_found` for a product nobody defined, `invalid` for text that names no contract.
   */
  resolve(text: string, at: Instant): Contract {
    if (typeof text !== "string" || text.trim() === "") {
      throw invalid(`contract must be a symbol or a contract id, was ${show(text)}`);
    }
    const name = text.trim();
    const undated = this.#byRoot.get(name);
    if (undated && !undated.dated) return undatedContract(undated);
    const id = CONTRACT_ID.exec(name);
    if (id) {
      const product = this.#byCode.get(id[1] ?? "");
      if (!product) throw unknownContract(name);
      return datedContract(product, id[2] ?? "", Number(id[3]));
    }
    const symbol = SYMBOL.exec(name);
    const product = symbol
      ? (this.#byRoot.get(symbol[1] ?? "") ?? this.#byCode.get(symbol[1] ?? ""))
      : undefined;
    if (symbol && product?.dated) {
      return datedContract(product, symbol[2] ?? "", yearOf(symbol[3] ?? "", at));
    }
    if (undated)
      throw invalid(
        `${name} is a product, not a contract: month and year are missing (${name}U26)`,
      );
    throw unknownContract(name);
  }
}

function unknownContract(name: string): BlotterError {
  return new BlotterError(
    "not_found",
    `unknown contract ${show(name)}: add its product with "blotter contracts add"`,
  );
}

function yearOf(digits: string, at: Instant): number {
  if (digits.length === 2) return Number(digits);
  const firstYear = new Date(at / 1000).getUTCFullYear() - 1;
  const ahead = (Number(digits) - (firstYear % 10) + 10) % 10;
  return (firstYear + ahead) % 100;
}

function datedContract(product: Product, month: string, year: number): Contract {
  const yy = String(year).padStart(2, "0");
  return contractOf(
    product,
    `CON.F.US.${product.code}.${month}${yy}` as ContractId,
    `${product.root}${month}${yy}`,
  );
}

function undatedContract(product: Product): Contract {
  return contractOf(product, product.root as ContractId, product.root);
}

function contractOf(product: Product, contractId: ContractId, symbol: string): Contract {
  const { root, exchange, name, tickSize, pointValue } = product;
  const tickValue = tickValueOf(tickSize, pointValue);
  const figures = { tickSize, tickValue, pointValue };
  return { contractId, symbol, root, exchange, name, ...figures, lastTradingDay: null };
}

/** @throws BlotterError `invalid` when the price lies between two ticks. */
export function requireOnTick(price: Price, contract: Contract, what: string): void {
  if (price % contract.tickSize !== 0) {
    throw invalid(
      `${what} ${formatPrice(price)} is off the tick of ${contract.symbol} (${formatPrice(contract.tickSize)})`,
    );
  }
}

/** The nearest tick, for sources that write prices with binary noise (4396.900000000001). */
export function snapToTick(points: number, tickSize: Price): Price {
  return (Math.round((points * PRICE_UNIT) / tickSize) * tickSize) as Price;
}

const LISTED: readonly Product[] = LISTED_PRODUCTS.map(parseProduct);
