import {
  aliasedTable as alias,
  and,
  between,
  type Column,
  eq,
  gte,
  lte,
  type SQL,
  sql,
} from "drizzle-orm";
import type { AccountId } from "../../domain/ids.js";
import { ZERO } from "../../domain/money.js";
import type { RiskRange } from "../../domain/performance/planned-risk.js";
import type { ResultLevel } from "../../domain/performance/result.js";
import type { WrittenPlaces, WrittenQuery } from "../../ports/performance-repositories.js";
import type { Handle } from "./handle.js";
import { isMatchOf } from "./result-conditions.js";

/** What narrows closed rows of a level down by what was written on them, and what they were planned to lose. */
export function writtenConditions(
  h: Handle,
  level: ResultLevel,
  { accountId, written = [], risk }: WrittenQuery & { readonly accountId: AccountId },
): SQL[] {
  const found = written.map((places) => hasPlace(h, level, accountId, places));
  if (risk !== undefined) found.push(hasRisk(TABLES[level](h).plannedRisk, risk));
  return found;
}

const TABLES = {
  match: ({ t }: Handle) => t.matches,
  trade: ({ t }: Handle) => t.trades,
  position: ({ t }: Handle) => t.positions,
} as const;

function hasRisk(risk: Column, { min, max }: RiskRange): SQL {
  if (max === null) return gte(risk, min ?? ZERO);
  return min === null ? lte(risk, max) : between(risk, min, max);
}

/** A row that a match with an order or fill among the places is in; found from the places, not row by row. */
function hasPlace(
  h: Handle,
  level: ResultLevel,
  accountId: AccountId,
  { orders, fills }: WrittenPlaces,
): SQL {
  const { t, db } = h;
  const [m, tr, f] = [alias(t.matches, "m"), alias(t.trades, "tr"), alias(t.fills, "f")];
  const whole = h.texts(orders);
  const single = h.texts(fills.map(({ fillKey }) => fillKey));
  const searched = h.texts([...new Set([...orders, ...fills.map(({ orderId }) => orderId)])]);
  const ofTrade = isMatchOf(m, tr);
  const ofExit = and(
    eq(m.accountId, f.accountId),
    eq(m.exitTimestamp, f.executedAt),
    eq(m.exitFillKey, f.fillKey),
  );
  const { own, found } = {
    match: { own: t.matches.id, found: m.id },
    trade: { own: t.trades.id, found: tr.id },
    position: { own: t.positions.positionId, found: m.positionId },
  }[level];
  const entered = db
    .select({ found })
    .from(tr)
    .innerJoin(m, ofTrade)
    .where(
      and(
        eq(tr.accountId, accountId),
        sql`${tr.entryOrderId} in ${searched}`,
        sql`(${m.entryOrderId} in ${whole} or ${m.entryFillKey} in ${single})`,
      ),
    );
  const left = db
    .select({ found })
    .from(f)
    .innerJoin(m, ofExit)
    .innerJoin(tr, ofTrade)
    .where(
      and(
        eq(f.accountId, accountId),
        sql`${f.orderId} in ${searched}`,
        sql`(${f.orderId} in ${whole} or ${f.fillKey} in ${single})`,
      ),
    );
  return sql`${own} in (${entered.getSQL()} union all ${left.getSQL()})`;
}
