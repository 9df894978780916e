import { parseTime } from "./gateway-time.js";

/** A body that is not what the interface description asks for: the gateway answers 400. */
export class BadBody extends Error {}

/** The fields of a request's body, each read as the type it must have. */
export class RequestBody {
  constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  static parse(text: string): RequestBody {
    const parsed = parseJson(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
      throw new BadBody("The request field is required.");
    }
    return new RequestBody(Object.fromEntries(Object.entries(parsed)));
  }

  integer(name: string): number {
    const value = this.fields[name];
    if (typeof value !== "number" || !Number.isInteger(value)) throw this.#bad(name);
    return value;
  }

  text(name: string): string {
    const value = this.fields[name];
    if (typeof value !== "string") throw this.#bad(name);
    return value;
  }

  flag(name: string): boolean {
    const value = this.fields[name];
    if (typeof value !== "boolean") throw this.#bad(name);
    return value;
  }

  /** Microseconds since 1970. */
  time(name: string): number {
    const us = parseTime(this.text(name));
    if (us === null) throw this.#bad(name);
    return us;
  }

  /** Of an optional field: what is null or left out is null. */
  optional<T>(name: string, read: (name: string) => T): T | null {
    const value = this.fields[name];
    return value === undefined || value === null ? null : read.call(this, name);
  }

  optionalNumber(name: string): number | null {
    const value = this.fields[name] ?? null;
    if (value !== null && (typeof value !== "number" || !Number.isFinite(value))) {
      throw this.#bad(name);
    }
    return value;
  }

  optionalBody(name: string): RequestBody | null {
    const value = this.fields[name] ?? null;
    if (value === null) return null;
    if (typeof value !== "object" || Array.isArray(value)) throw this.#bad(name);
    return new RequestBody(Object.fromEntries(Object.entries(value)));
  }

  #bad(name: string): BadBody {
    return new BadBody(`The JSON value of ${name} could not be converted.`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadBody("The JSON could not be parsed.");
  }
}
