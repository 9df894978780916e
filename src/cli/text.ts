/**
 * Text that may come from a broker or a file, safe for a terminal and on one line: control
 * characters (an escape sequence can rewrite the screen) are shown as \xNN.
 */
export function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** A message as one line. */
export function oneLine(message: string): string {
  return printable(message.trim().replace(/\s*[\r\n]+\s*/g, " "));
}

/** A number as people write it: 0.0000005, never 5e-7. Figures have at most 9 decimals. */
export function plainNumber(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(9).replace(/\.?0+$/, "") : text;
}

/**
 * A price that may be an average: of 9 decimals, or above 1,000 of more than 3, only those that say something stay.
 * Prices that trade have fewer, and are shown as they are.
 */
export function averageText(value: number): string {
  const text = plainNumber(value);
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const isLarge = Number(whole) >= 1_000;
  if (fraction.length < 9 && !isLarge) return text;
  return plainNumber(Number(isLarge ? value.toFixed(3) : value.toPrecision(7)));
}

/** Dollars with at least two decimals. */
export function moneyText(value: number): string {
  const [whole = "", fraction = ""] = plainNumber(value).split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
}

/** `1 fill`, `2 fills`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
