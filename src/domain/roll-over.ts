import type { Contract } from "./contract.js";
import { compareEnds, contractEnd } from "./expiry.js";
import type { Fill } from "./fill.js";
import type { AccountId } from "./ids.js";
import { formatInstant, type Instant } from "./instant.js";
import { addMoney, type Money, moneyToNumber, ZERO } from "./money.js";
import type { PlainRow } from "./plain.js";
import { netQuantityOf, type Position } from "./position.js";
import type { Trade } from "./trade.js";

/** What an account did in one contract, and when it went on to the next of the same root. */
export interface ContractUse {
  readonly accountId: AccountId;
  readonly contract: Contract;
  readonly firstFillAt: Instant;
  readonly lastFillAt: Instant;
  /** Contracts bought and sold. */
  readonly volume: number;
  /** Of closed trades; US dollars. */
  readonly grossPnl: Money;
  readonly netPnl: Money;
  /** Signed contracts held now. */
  readonly openQuantity: number;
  /** When its last position was closed; null while it is open. */
  readonly closedAt: Instant | null;
  /** The next contract of the root that was traded, and when its first position was opened. */
  readonly next: { readonly symbol: string; readonly openedAt: Instant } | null;
}

export interface RollFacts {
  readonly contracts: readonly Contract[];
  /** Booked ones. */
  readonly fills: readonly Fill[];
  readonly trades: readonly Trade[];
  /** Open and closed. */
  readonly positions: readonly Position[];
}

/** By account, root, and end of the contract. */
export function rollOver(facts: RollFacts): readonly ContractUse[] {
  const uses: ContractUse[] = [];
  const accounts = [...new Set(facts.fills.map(({ accountId }) => accountId))].sort();
  const roots = [...new Set(facts.contracts.map(({ root }) => root))].sort();
  for (const accountId of accounts) {
    for (const root of roots) {
      const ofRoot = facts.contracts.filter((contract) => contract.root === root);
      const used = ofRoot
        .sort(compareEnds)
        .flatMap((contract) => useOf(accountId, contract, facts) ?? []);
      for (const [i, { openedAt: _, ...use }] of used.entries()) {
        const next = used[i + 1];
        uses.push({
          ...use,
          next: next ? { symbol: next.contract.symbol, openedAt: next.openedAt } : null,
        });
      }
    }
  }
  return uses;
}

/** Null when the account never traded the contract. */
function useOf(
  accountId: AccountId,
  contract: Contract,
  facts: RollFacts,
): (Omit<ContractUse, "next"> & { readonly openedAt: Instant }) | null {
  const own = <T extends { readonly accountId: string; readonly contractId: string }>(
    rows: readonly T[],
  ) => rows.filter((row) => row.accountId === accountId && row.contractId === contract.contractId);
  const fills = own(facts.fills).map((fill) => fill.executedAt);
  const [firstFillAt] = fills;
  const lastFillAt = fills[fills.length - 1];
  if (firstFillAt === undefined || lastFillAt === undefined) return null;
  const trades = own(facts.trades);
  const positions = own(facts.positions);
  const open = positions.find(({ status }) => status === "open") ?? null;
  const closings = positions.flatMap(({ closedAt }) => closedAt ?? []);
  const sum = (of: (trade: Trade) => Money) =>
    trades.reduce((total, trade) => addMoney(total, of(trade)), ZERO);
  return {
    accountId,
    contract,
    firstFillAt,
    lastFillAt,
    volume: own(facts.fills).reduce((total, { quantity }) => total + quantity, 0),
    grossPnl: sum((trade) => trade.grossPnl),
    netPnl: sum((trade) => trade.netPnl),
    openQuantity: netQuantityOf(open),
    closedAt: open ? null : (closings.sort((a, b) => b - a)[0] ?? null),
    openedAt: positions.map(({ openedAt }) => openedAt).sort((a, b) => a - b)[0] ?? firstFillAt,
  };
}

export function plainContractUse(use: ContractUse): PlainRow {
  const { contract, closedAt, next } = use;
  return {
    accountId: use.accountId,
    root: contract.root,
    symbol: contract.symbol,
    lastTradingDay: contractEnd(contract)?.day ?? null,
    firstFillAt: formatInstant(use.firstFillAt),
    lastFillAt: formatInstant(use.lastFillAt),
    volume: use.volume,
    grossPnl: moneyToNumber(use.grossPnl),
    netPnl: moneyToNumber(use.netPnl),
    openQuantity: use.openQuantity,
    closedAt: closedAt === null ? null : formatInstant(closedAt),
    nextSymbol: next?.symbol ?? null,
    nextOpenedAt: next ? formatInstant(next.openedAt) : null,
  };
}
