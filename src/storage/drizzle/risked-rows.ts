import { and, eq, sql } from "drizzle-orm";
import { type AccountId, type FillId, matchId, type OrderId } from "../../domain/ids.js";
import type { Money } from "../../domain/money.js";
import type { ResultLevel } from "../../domain/performance/result.js";
import type { RiskedRow } from "../../ports/performance-repositories.js";
import { placeholdersFor } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";
import { isMatchOf } from "./result-conditions.js";

interface Entry {
  readonly accountId: AccountId;
  readonly entry: OrderId;
}

type Columns = Omit<RiskedRow, "level">;
type MatchColumns = Omit<Columns, "resultId"> & {
  readonly entryFillId: FillId;
  readonly exitFillId: FillId;
};

/** Entered by the order that is asked for. */
const isEntered = (table: RiskedTable) =>
  and(
    eq(table.accountId, sql.placeholder("accountId")),
    eq(table.entryOrderId, sql.placeholder("entry")),
  );

const tradeColumns = ({ t: { trades } }: Handle) => ({
  rowId: trades.id,
  resultId: trades.tradeId,
  side: trades.side,
  quantity: trades.quantity,
  pointValue: trades.pointValue,
  plannedRisk: trades.plannedRisk,
});

const tradesOf = prepared<Entry, readonly Columns[]>(
  "risked_trades_of_entry",
  (h) => h.db.select(tradeColumns(h)).from(h.t.trades).where(isEntered(h.t.trades)),
  tradeColumns,
);

const matchColumns = ({ t: { matches, trades } }: Handle) => ({
  rowId: matches.id,
  entryFillId: matches.entryFillId,
  exitFillId: matches.exitFillId,
  side: matches.side,
  quantity: matches.quantity,
  pointValue: trades.pointValue,
  plannedRisk: matches.plannedRisk,
});

/** Found through their trades, which an index by entry order leads to. */
const matchesOf = prepared<Entry, readonly MatchColumns[]>(
  "risked_matches_of_entry",
  (h) => {
    const { matches, trades } = h.t;
    return h.db
      .select(matchColumns(h))
      .from(trades)
      .innerJoin(matches, isMatchOf(matches, trades))
      .where(isEntered(trades));
  },
  matchColumns,
);

const positionColumns = ({ t: { positions, contracts } }: Handle) => ({
  rowId: positions.id,
  resultId: positions.positionId,
  side: positions.side,
  quantity: positions.closedQuantity,
  pointValue: contracts.pointValue,
  plannedRisk: positions.plannedRisk,
});

const positionsOf = prepared<Entry, readonly Columns[]>(
  "risked_positions_of_entry",
  (h) => {
    const { positions, contracts } = h.t;
    return h.db
      .select(positionColumns(h))
      .from(positions)
      .innerJoin(contracts, eq(contracts.contractId, positions.contractId))
      .where(and(isEntered(positions), sql`status = 'closed'`));
  },
  positionColumns,
);

/** See `ResultReads.ofEntry`. Most orders entered nothing that was closed: one look tells. */
export async function riskedRows(
  session: Session,
  accountId: AccountId,
  entry: OrderId,
): Promise<readonly RiskedRow[]> {
  const trades = await tradesOf(session, { accountId, entry });
  if (trades.length === 0) return [];
  const matches = await matchesOf(session, { accountId, entry });
  const positions = await positionsOf(session, { accountId, entry });
  return [
    ...matches.map(({ entryFillId, exitFillId, ...row }) => ({
      ...row,
      level: "match" as const,
      resultId: matchId(entryFillId, exitFillId),
    })),
    ...trades.map((row) => ({ ...row, level: "trade" as const })),
    ...positions.map((row) => ({ ...row, level: "position" as const })),
  ];
}

interface Risked {
  readonly accountId: AccountId;
  readonly rowId: number;
  readonly plannedRisk: Money | null;
}

type RiskedTable = Handle["t"]["matches" | "trades" | "positions"];

function update(level: ResultLevel, tableOf: (h: Handle) => RiskedTable) {
  return prepared<Risked, unknown>(`set_${level}_risk`, (h) => {
    const table = tableOf(h);
    const isRow = and(
      eq(table.id, sql.placeholder("rowId")),
      eq(table.accountId, sql.placeholder("accountId")),
    );
    return h.db
      .update(table)
      .set(placeholdersFor(table, ["plannedRisk"]))
      .where(isRow);
  });
}

const UPDATES: Readonly<Record<ResultLevel, ReturnType<typeof update>>> = {
  match: update("match", ({ t }) => t.matches),
  trade: update("trade", ({ t }) => t.trades),
  position: update("position", ({ t }) => t.positions),
};

export async function setPlannedRisk(
  session: Session,
  { level, ...risked }: Risked & { readonly level: ResultLevel },
): Promise<void> {
  await UPDATES[level](session, risked);
}
