const MINUS = "\u2212";
const NONE = "\u2013";

const cents = new Intl.NumberFormat("en-US", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 9 });
const two = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2, minimumFractionDigits: 2 });

/** $1,234.50, with a real minus; a dash for what is not known. */
export function dollars(value: number | null): string {
  if (value === null) return NONE;
  return `${value < 0 ? MINUS : ""}$${cents.format(Math.abs(value))}`;
}

/** The same with a plus before gains, so that colour is not all that tells them. */
export function gain(value: number | null): string {
  return value !== null && value > 0 ? `+${dollars(value)}` : dollars(value);
}

/** Without cents, for axes and small places: +$1,235. */
export function shortGain(value: number): string {
  const sign = value > 0 ? "+" : value < 0 ? MINUS : "";
  return `${sign}$${whole.format(Math.abs(value))}`;
}

export function shortDollars(value: number): string {
  return `${value < 0 ? MINUS : ""}$${whole.format(Math.abs(value))}`;
}

export function percent(fraction: number | null, digits = 1): string {
  if (fraction === null) return NONE;
  return `${fraction < 0 ? MINUS : ""}${Math.abs(fraction * 100).toFixed(digits)}%`;
}

export function ratio(value: number | null): string {
  if (value === null) return NONE;
  return `${value < 0 ? MINUS : ""}${two.format(Math.abs(value))}`;
}

export function number(value: number | null): string {
  return value === null ? NONE : plain.format(value);
}

/** A price that may be an average: as on the terminal, only the decimals that say something. */
export function average(value: number | null): string {
  if (value === null) return NONE;
  const [whole = "", fraction = ""] = plain.format(Math.abs(value)).replaceAll(",", "").split(".");
  const isLarge = Number(whole) >= 1_000;
  if (fraction.length < 9 && !isLarge) return number(value);
  return number(Number(isLarge ? value.toFixed(3) : value.toPrecision(7)));
}

export function text(value: string | null): string {
  return value ?? NONE;
}

/** An instant as the exchange's clock shows it: 2026-08-19 08:30:05, Chicago. */
const exchangeClock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "America/Chicago",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
export function clock(instant: string | null): string {
  return instant === null ? NONE : exchangeClock.format(new Date(instant));
}

/** The same without its seconds. */
export function minute(instant: string | null): string {
  return clock(instant).slice(0, 16);
}

/** 45s, 12m 05s, 3h 20m, 2d 4h */
export function duration(seconds: number | null): string {
  if (seconds === null) return NONE;
  const s = Math.round(seconds);
  const pad = (value: number) => String(value).padStart(2, "0");
  if (s < 60) return `${s}s`;
  if (s < 3_600) return `${Math.floor(s / 60)}m ${pad(s % 60)}s`;
  if (s < 86_400) return `${Math.floor(s / 3_600)}h ${pad(Math.floor((s % 3_600) / 60))}m`;
  return `${Math.floor(s / 86_400)}d ${Math.floor((s % 86_400) / 3_600)}h`;
}

export function tone(value: number | null): "gain" | "loss" | "even" {
  if (value === null || value === 0) return "even";
  return value > 0 ? "gain" : "loss";
}
