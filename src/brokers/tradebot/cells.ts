import { parseName } from "../../domain/codes.js";
import { invalid } from "../../domain/errors.js";
import { show } from "../../domain/ids.js";
import { type Instant, parseInstant } from "../../domain/instant.js";
import { type Money, type Price, parseMoney, parsePrice } from "../../domain/money.js";

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** One row's values by the names that Python, SQL and JavaScript programs give them. */
export class Cells {
  readonly #values = new Map<string, { readonly column: string; readonly value: unknown }>();

  constructor(row: Readonly<Record<string, unknown>>) {
    for (const [column, value] of Object.entries(row)) {
      const told = typeof value === "string" ? value.trim() : value;
      if (told === null || told === undefined || told === "") continue;
      this.#values.set(plainName(column), { column, value: told });
    }
  }

  text(names: readonly string[]): string | null {
    return this.#read(names, (value, what) => {
      if (typeof value === "string" || typeof value === "number") return String(value);
      throw invalid(`${what} must be text, was ${show(value)}`);
    });
  }

  /** A name of a list, another spelling of one, or its code: its position in the list. */
  named<T extends string>(
    names: readonly string[],
    list: readonly T[],
    spellings: Readonly<Record<string, T>> = {},
  ): T | null {
    return this.#read(names, (value, what) => {
      const text = String(value).toUpperCase();
      const code = /^\d$/.test(text) ? list[Number(text)] : undefined;
      return code ?? spellings[text] ?? parseName(list, text, what);
    });
  }

  count(names: readonly string[]): number | null {
    return this.#read(names, (value, what) => {
      const count = Number(value);
      if (Number.isSafeInteger(count) && count >= 0) return count;
      throw invalid(`${what} must be a whole number of contracts, was ${show(value)}`);
    });
  }

  /** Rounded to a millionth: the other program computed with binary fractions. */
  money(names: readonly string[]): Money | null {
    return this.#read(names, (value, what) => parseMoney(finite(value, what).toFixed(6), what));
  }

  /** Rounded to 1e-9, as averages are. */
  price(names: readonly string[]): Price | null {
    return this.#read(names, (value, what) => parsePrice(finite(value, what).toFixed(9), what));
  }

  /** ISO-8601; without an offset it is UTC, as in the tables of such programs. */
  instant(names: readonly string[]): Instant | null {
    return this.#read(names, (value, what) => {
      const text = String(value).replace(" ", "T");
      const zoned = /(z|[+-]\d\d:?(\d\d)?)$/i.test(text.slice(10)) ? text : `${text}Z`;
      return parseInstant(zoned, what);
    });
  }

  #read<T>(names: readonly string[], parse: (value: unknown, column: string) => T): T | null {
    for (const name of names) {
      const found = this.#values.get(name);
      if (found) return parse(found.value, found.column);
    }
    return null;
  }
}

/** `entry_price`, `entryPrice` and `Entry Price` are one name. */
export function plainName(column: string): string {
  return column.toLowerCase().replace(/[\s_-]/g, "");
}

function finite(value: unknown, what: string): number {
  const number = typeof value === "number" ? value : Number(DECIMAL.exec(String(value))?.[0]);
  if (Number.isFinite(number) && Math.abs(number) < 1e12) return number;
  throw invalid(`${what} must be a decimal number, was ${show(value)}`);
}

/** A value that the row must tell. @throws BlotterError `invalid` naming the usual column */
export function required<T>(value: T | null, column: string): T {
  if (value !== null) return value;
  throw invalid(`${column} is missing`);
}
