import type { Column } from "./table.js";

/** How one kind of rows is shown. */
export interface View {
  /** In the plural, for sentences. */
  readonly name: string;
  /** Every field in the order of the CSV columns, so that an empty file has its header too. */
  readonly fields: readonly string[];
  readonly columns: readonly Column[];
}

export const text = (title: string, field: string): Column => ({ title, field, kind: "text" });
export const number = (title: string, field: string): Column => ({ title, field, kind: "number" });
/** A price that may be an average. */
export const average = (title: string, field: string): Column => ({
  title,
  field,
  kind: "average",
});
export const money = (title: string, field: string): Column => ({ title, field, kind: "money" });
export const time = (title: string, field: string): Column => ({
  title: `${title} (UTC)`,
  field,
  kind: "time",
});

export const names = (list: string): readonly string[] => list.trim().split(/\s+/);
