import { parseFixed } from "../decimal.js";
import { BlotterError, invalid } from "../errors.js";
import { show } from "../ids.js";
import { type Money, parseMoney } from "../money.js";
import { type Percent, WHOLE } from "./rules.js";

/**
 * Reads one object of a JSON document field by field. Every error names the path of the field; a field that is
 * left out is null; one that nobody reads is refused by `done`.
 */
export class JsonFields {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #read = new Set<string>();

  /** @throws BlotterError `invalid` for anything but an object */
  constructor(
    value: unknown,
    private readonly path: string,
  ) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw invalid(`${path === "" ? "the rule set" : path} must be an object, was ${show(value)}`);
    }
    this.#fields = new Map(Object.entries(value));
  }

  pathOf(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }

  /** The value as it stands; null when it is left out. */
  value(name: string): unknown {
    this.#read.add(name);
    return this.#fields.get(name) ?? null;
  }

  text(name: string): string {
    const value = this.value(name);
    if (typeof value !== "string" || value.trim() === "") throw this.#wrong(name, "text", value);
    return value;
  }

  money(name: string): Money | null {
    return this.#decimal(name, (value) => parseMoney(value, this.pathOf(name)));
  }

  /** Not below 0. */
  amount(name: string): Money | null {
    const money = this.money(name);
    if (money !== null && money < 0) throw this.#wrong(name, "not negative", this.value(name));
    return money;
  }

  /** From 0 to 100, in hundredths of a percent. */
  percent(name: string): Percent | null {
    return this.#decimal(name, (value) => parsePercent(value, this.pathOf(name)));
  }

  flag(name: string, whenLeftOut: boolean): boolean {
    const value = this.value(name);
    if (value === null) return whenLeftOut;
    if (typeof value !== "boolean") throw this.#wrong(name, "true or false", value);
    return value;
  }

  /** A whole number from 1. */
  count(name: string): number | null {
    const value = this.value(name);
    if (value === null) return null;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
      throw this.#wrong(name, "a whole number from 1", value);
    }
    return value;
  }

  oneOf<T extends string>(names: readonly T[], name: string, whenLeftOut: T): T {
    const value = this.value(name);
    if (value === null) return whenLeftOut;
    const found = names.find((candidate) => candidate === value);
    if (found === undefined) throw this.#wrong(name, `one of ${names.join(", ")}`, value);
    return found;
  }

  object<T>(name: string, read: (fields: JsonFields) => T): T | null {
    const value = this.value(name);
    if (value === null) return null;
    const fields = new JsonFields(value, this.pathOf(name));
    const result = read(fields);
    fields.done();
    return result;
  }

  list<T>(name: string, read: (value: unknown, path: string) => T): readonly T[] {
    const value = this.value(name);
    if (value === null) return [];
    if (!Array.isArray(value)) throw this.#wrong(name, "a list", value);
    return value.map((item: unknown, i) => read(item, `${this.pathOf(name)}[${i}]`));
  }

  texts(name: string): Readonly<Record<string, string>> {
    const read = (fields: JsonFields) =>
      Object.fromEntries([...fields.#fields.keys()].map((key) => [key, fields.text(key)]));
    return this.object(name, read) ?? {};
  }

  /** @throws BlotterError `invalid` naming a field that nobody asked for */
  done(): void {
    const stray = [...this.#fields.keys()].find((name) => !this.#read.has(name));
    if (stray === undefined) return;
    const known = [...this.#read].join(", ");
    throw invalid(`${this.pathOf(stray)} is no field of a rule set; here are: ${known}`);
  }

  #decimal<T>(name: string, parse: (value: string | number) => T): T | null {
    const value = this.value(name);
    if (value === null) return null;
    if (typeof value !== "string" && typeof value !== "number") {
      throw this.#wrong(name, "a decimal", value);
    }
    return parse(value);
  }

  #wrong(name: string, wanted: string, value: unknown): BlotterError {
    return invalid(`${this.pathOf(name)} must be ${wanted}, was ${show(value)}`);
  }
}

const PERCENT_SCALE = 2;

/** @throws BlotterError `invalid` outside of 0 to 100 */
export function parsePercent(value: unknown, path: string): Percent {
  if (typeof value !== "string" && typeof value !== "number") {
    throw invalid(`${path} must be a percentage, was ${show(value)}`);
  }
  const percent = parseFixed(value, PERCENT_SCALE, path);
  if (percent < 0 || percent > WHOLE) {
    throw invalid(`${path} must be a percentage from 0 to 100, was ${show(value)}`);
  }
  return percent as Percent;
}
