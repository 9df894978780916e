import { getTableName, type SQL, type Table } from "drizzle-orm";

/** A table in a form that both dialects have in common. */
export interface DescribedTable {
  readonly columns: readonly string[];
  readonly primaryKey: readonly string[];
  readonly uniques: readonly string[];
  readonly indexes: readonly string[];
  readonly checks: readonly string[];
  readonly foreignKeys: readonly string[];
}

/** What `getTableConfig` of either dialect gives, as far as it is compared. */
export interface TableConfig {
  readonly columns: readonly ColumnConfig[];
  readonly primaryKeys: readonly { readonly columns: readonly ColumnConfig[] }[];
  readonly uniqueConstraints: readonly {
    readonly columns: readonly ColumnConfig[];
    getName(): string | undefined;
  }[];
  readonly indexes: readonly {
    readonly config: {
      readonly name?: string | undefined;
      readonly unique?: boolean | undefined;
      readonly columns: readonly object[];
      readonly where?: SQL | undefined;
    };
  }[];
  readonly checks: readonly { readonly name: string; readonly value: SQL }[];
  readonly foreignKeys: readonly {
    readonly onDelete?: string | undefined;
    readonly onUpdate?: string | undefined;
    reference(): {
      readonly columns: readonly ColumnConfig[];
      readonly foreignColumns: readonly ColumnConfig[];
      readonly foreignTable: Table;
    };
  }[];
}

interface ColumnConfig {
  readonly name: string;
  readonly notNull: boolean;
  readonly primary: boolean;
}

export function describedTable(config: TableConfig, textOf: (sql: SQL) => string): DescribedTable {
  return {
    columns: config.columns.map(({ name, notNull }) => `${name}${notNull ? " not null" : ""}`),
    primaryKey: [
      ...config.columns.filter((column) => column.primary).map((column) => column.name),
      ...config.primaryKeys.map(({ columns }) => namesOf(columns)),
    ],
    uniques: config.uniqueConstraints.map((u) => `${u.getName()} ${namesOf(u.columns)}`).sort(),
    indexes: config.indexes
      .map(({ config: { name, unique, columns, where } }) => {
        const condition = where === undefined ? "" : ` where ${textOf(where)}`;
        return `${unique ? "unique " : ""}${name} ${namesOf(columns)}${condition}`;
      })
      .sort(),
    // Instants have another type in each dialect, and so another check of it.
    checks: config.checks
      .map(({ name, value }) => (name.endsWith("_instant") ? name : `${name}: ${textOf(value)}`))
      .sort(),
    foreignKeys: config.foreignKeys
      .map((key) => {
        const { columns, foreignColumns, foreignTable } = key.reference();
        const target = `${getTableName(foreignTable)} ${namesOf(foreignColumns)}`;
        return `${namesOf(columns)} to ${target}, ${key.onDelete ?? NONE}, ${key.onUpdate ?? NONE}`;
      })
      .sort(),
  };
}

function namesOf(columns: readonly object[]): string {
  const names = columns.map((column) => {
    if ("name" in column && typeof column.name === "string") return column.name;
    throw new Error("an index on an expression: teach describedTable to describe it");
  });
  return `(${names.join(", ")})`;
}

/** What a foreign key does when nothing is said. */
const NONE = "no action";
