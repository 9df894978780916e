import { BlotterError } from "../domain/errors.js";
import type { BrokerEvent, FileRow, RowProblem } from "../ports/broker.js";

/**
 * Thrown while one row is read. It ends in `readRow`: outside of `brokers/` a row carries its
 * problem.
 */
export class RefusedRow extends Error {
  override readonly name = "RefusedRow";

  constructor(readonly problem: RowProblem) {
    super(problem.message);
  }
}

/** @param column where the fault lies; null when it is the row as a whole */
export function refusedRow(column: string | null, message: string): RefusedRow {
  return new RefusedRow({ column, message });
}

/**
 * Runs `parse`, a domain function that names the column in its own message, as the reading of that
 * column.
 */
export function readColumn<T>(column: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof BlotterError) throw refusedRow(column, error.message);
    throw error;
  }
}

/**
 * What `read` makes of a row, or its problem and no events. Errors other than a refusal pass
 * through.
 */
export function readRow(read: () => readonly BrokerEvent[]): Pick<FileRow, "events" | "problem"> {
  try {
    return { events: read(), problem: null };
  } catch (error) {
    if (error instanceof RefusedRow) return { events: [], problem: error.problem };
    throw error;
  }
}
