import type { PlainRow, PlainValue } from "../domain/plain.js";
import { pairsText } from "./table.js";
import { moneyText, plainNumber } from "./text.js";

/** A line of a report: its title, its field, and how the number reads. */
export type Figure = readonly [
  title: string,
  field: string,
  kind: "money" | "number" | "percent" | "ratio" | "seconds",
];

/**
 * Titles and values, one a line; what is unknown is left out.
 *
 * @param notes what is said behind a value, by its field
 */
export function figureLines(
  figures: readonly Figure[],
  row: PlainRow,
  notes: Readonly<Record<string, string>> = {},
): string {
  const known = figures.flatMap(([title, field, kind]) => {
    const value = row[field] ?? null;
    if (value === null) return [];
    const note = notes[field];
    const text = figureText(value, kind);
    return [[`  ${title}`, note === undefined ? text : `${text} (${note})`] as const];
  });
  return known.length === 0 ? "" : pairsText(known);
}

export function figureText(value: PlainValue, kind: Figure[2]): string {
  if (typeof value !== "number") return String(value);
  switch (kind) {
    case "money":
      return moneyText(Math.round(value * 100) / 100);
    case "number":
      return plainNumber(value);
    case "percent":
      return `${(value * 100).toFixed(1)} %`;
    case "ratio":
      return value.toFixed(2);
    case "seconds":
      return durationText(value);
  }
}

/** 45 s, 3 min 20 s, 2 h 5 min, 3 d 4 h. */
function durationText(value: number): string {
  const seconds = Math.round(value);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? `${hours} h ${minutes % 60} min`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
