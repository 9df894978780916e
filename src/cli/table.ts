import Table from "cli-table3";
import type { PlainRow, PlainValue } from "../domain/plain.js";
import { averageText, moneyText, plainNumber, printable } from "./text.js";

/** A column for people. Numbers stand to the right; times are UTC to the second. */
export interface Column {
  readonly title: string;
  readonly field: string;
  readonly kind: "text" | "number" | "money" | "average" | "time" | "percent" | "rounded";
}

const NO_LINES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

/** Lines of a table without colours; a column that says nothing on any row is left out. */
export function tableText(columns: readonly Column[], rows: readonly PlainRow[]): string {
  const used = columns.filter(({ field }) => rows.some((row) => (row[field] ?? null) !== null));
  return grid(
    used.map(({ title }) => title),
    used.map(({ kind }) => (kind === "text" || kind === "time" ? "left" : "right")),
    rows.map((row) => used.map((column) => cellText(row[column.field] ?? null, column.kind))),
  );
}

/** Names and values, one pair a line. */
export function pairsText(pairs: readonly (readonly [string, PlainValue])[]): string {
  const lines = pairs.map(([name, value]) => [name, cellText(value, "text")]);
  return grid([], ["left", "left"], lines);
}

function grid(
  head: readonly string[],
  aligns: readonly ("left" | "right")[],
  lines: readonly (readonly string[])[],
): string {
  const table = new Table({
    head: [...head],
    colAligns: [...aligns],
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push(...lines.map((line) => [...line]));
  return `${table.toString().replace(/ +$/gm, "")}\n`;
}

function cellText(value: PlainValue, kind: Column["kind"]): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return numberText(value, kind);
  return kind === "time" ? value.slice(0, 19).replace("T", " ") : printable(value);
}

function numberText(value: number, kind: Column["kind"]): string {
  switch (kind) {
    case "money":
      return moneyText(value);
    case "average":
      return averageText(value);
    case "percent":
      return `${(value * 100).toFixed(1)} %`;
    case "rounded":
      return value.toFixed(2);
    case "number":
    case "text":
    case "time":
      return plainNumber(value);
  }
}
