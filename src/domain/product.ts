import { invalid } from "./errors.js";
import { show } from "./ids.js";
import { type DecimalInput, type Money, type Price, parseMoney, parsePrice } from "./money.js";

/** What one futures product is: the same for all its contract months. */
export interface Product {
  /** Exchange root: NQ. */
  readonly root: string;
  /** The gateway's code inside contract ids: ENQ in CON.F.US.ENQ.U26. */
  readonly code: string;
  readonly exchange: string;
  readonly name: string;
  /** Smallest price step, in points. */
  readonly tickSize: Price;
  /** US dollars per point and contract. */
  readonly pointValue: Money;
  /** True when its contracts carry a month and a year; an undated product is its own only contract. */
  readonly dated: boolean;
}

export interface ProductInput {
  readonly root: string;
  readonly code?: string;
  readonly exchange?: string;
  readonly name?: string;
  readonly tickSize: DecimalInput;
  /** Dollars per tick; or give `pointValue`, dollars per point. */
  readonly tickValue?: DecimalInput;
  readonly pointValue?: DecimalInput;
  readonly dated?: boolean;
}

const ROOT = /^[A-Z0-9][A-Z0-9._-]{0,23}$/;

/** @throws BlotterError `invalid` naming the field that cannot be. */
export function parseProduct(input: ProductInput): Product {
  const root = input.root;
  if (typeof root !== "string" || !ROOT.test(root)) {
    throw invalid(`root must be 1-24 capital letters or digits, was ${show(root)}`);
  }
  const code = input.code ?? root;
  if (!ROOT.test(code))
    throw invalid(`product code must be capital letters or digits: ${show(code)}`);
  const tickSize = parsePrice(input.tickSize, "tick size");
  if (tickSize <= 0) throw invalid(`tick size must be positive, was ${input.tickSize}`);
  const pointValue = pointValueOf(input, tickSize);
  if (pointValue <= 0) throw invalid(`point value of ${root} must be positive`);
  return {
    root,
    code,
    exchange: input.exchange ?? "",
    name: input.name ?? root,
    tickSize,
    pointValue,
    dated: input.dated ?? true,
  };
}

function pointValueOf(input: ProductInput, tickSize: Price): Money {
  const { tickValue, pointValue } = input;
  if (pointValue !== undefined) {
    const point = parseMoney(pointValue, "point value");
    if (
      tickValue !== undefined &&
      tickValueOf(tickSize, point) !== parsePrice(tickValue, "tick value")
    ) {
      throw invalid(
        `${input.root}: tick value ${tickValue} is not tick size x point value ${pointValue}`,
      );
    }
    return point;
  }
  if (tickValue === undefined) throw invalid(`${input.root}: give a tick value or a point value`);
  const scaled = BigInt(parsePrice(tickValue, "tick value")) * 1_000_000n;
  const size = BigInt(tickSize);
  if (scaled % size !== 0n) {
    throw invalid(
      `${input.root}: tick value ${tickValue} / tick size ${input.tickSize} is no exact point value`,
    );
  }
  return Number(scaled / size) as Money;
}

/** Dollars per tick, at the scale of prices (ticks of 1e-9 have values that money cannot hold). */
export function tickValueOf(tickSize: Price, pointValue: Money): Price {
  return Number((BigInt(tickSize) * BigInt(pointValue)) / 1_000_000n) as Price;
}
