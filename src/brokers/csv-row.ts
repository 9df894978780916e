import { orderId } from "../domain/ids.js";
import { readColumn, refusedRow } from "./refused-row.js";

const WHOLE = /^\d{1,15}$/;

/**
 * One row of a CSV file by column name. What its methods refuse, they refuse with the column's
 * name.
 */
export class CsvRow {
  constructor(
    private readonly header: readonly string[],
    private readonly cells: readonly string[],
  ) {}

  /** Without blanks around it; empty also when the file has no such column. */
  text(column: string): string {
    return (this.cells[this.header.indexOf(column)] ?? "").trim();
  }

  filled(column: string): string {
    const text = this.text(column);
    if (text === "") throw refusedRow(column, `${column} is empty`);
    return text;
  }

  /** The broker's id, verbatim. */
  id(column: string): string {
    const text = this.filled(column);
    return readColumn(column, () => orderId(text, column));
  }

  /** A number of contracts. */
  quantity(column: string): number {
    const text = this.filled(column);
    const quantity = WHOLE.test(text) ? Number(text) : 0;
    if (quantity > 0) return quantity;
    throw refusedRow(
      column,
      `${column} must be a positive whole number of contracts, was ${JSON.stringify(text)}`,
    );
  }

  /** The text of a cell after `parse`, a domain function, has accepted it. */
  checked(column: string, parse: (text: string, what: string) => unknown): string {
    const text = this.filled(column);
    readColumn(column, () => parse(text, column));
    return text;
  }

  /** A cell that holds one of a few names. */
  named<T>(column: string, parse: (name: string) => T | undefined, names: () => string): T {
    const text = this.filled(column);
    const value = parse(text);
    if (value !== undefined) return value;
    throw refusedRow(column, `${column} must be one of ${names()}; was ${JSON.stringify(text)}`);
  }
}
