import { and, count, eq, gte, lt, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { AccountId } from "../../domain/ids.js";
import type { MadeOrigin } from "../../domain/made.js";
import type { MadePlace, MadeReads } from "../../ports/made-repositories.js";
import type { Session } from "./handle.js";

/** The ids of an origin's orders begin with its name and a dash; the dot comes next in their order. */
function isOf(origin: MadeOrigin, orderId: AnyPgColumn): SQL | undefined {
  return and(gte(orderId, `${origin}-`), lt(orderId, `${origin}.`));
}

/** Finds the fills by their orders' ids, which are indexed, and from there what they opened and closed. */
export class DrizzleMadeReads implements MadeReads {
  constructor(private readonly session: Session) {}

  async count(accountId: AccountId, origin: MadeOrigin): Promise<number> {
    const { db, t } = this.session.handle;
    const [row] = await db
      .select({ n: count() })
      .from(t.fills)
      .where(
        and(
          eq(t.fills.accountId, accountId),
          isOf(origin, t.fills.orderId),
          eq(t.fills.state, "booked"),
        ),
      );
    return row?.n ?? 0;
  }

  async places(accountId: AccountId, origin: MadeOrigin): Promise<readonly MadePlace[]> {
    const parts = [this.#entered, this.#left, this.#open];
    const found: MadePlace[] = [];
    for (const part of parts) found.push(...(await part.call(this, accountId, origin)));
    return found;
  }

  async #entered(accountId: AccountId, origin: MadeOrigin): Promise<readonly MadePlace[]> {
    const { db, t } = this.session.handle;
    const { trades, matches } = t;
    return db
      .select({ positionId: matches.positionId, exitTimestamp: matches.exitTimestamp })
      .from(trades)
      .innerJoin(
        matches,
        and(
          eq(matches.accountId, trades.accountId),
          eq(matches.positionId, trades.positionId),
          eq(matches.entryOrderId, trades.entryOrderId),
          eq(matches.exitOrderId, trades.exitOrderId),
        ),
      )
      .where(and(eq(trades.accountId, accountId), isOf(origin, trades.entryOrderId)));
  }

  async #left(accountId: AccountId, origin: MadeOrigin): Promise<readonly MadePlace[]> {
    const { db, t } = this.session.handle;
    const { fills, matches } = t;
    return db
      .select({ positionId: matches.positionId, exitTimestamp: matches.exitTimestamp })
      .from(fills)
      .innerJoin(
        matches,
        and(
          eq(matches.accountId, fills.accountId),
          eq(matches.exitTimestamp, fills.executedAt),
          eq(matches.exitFillKey, fills.fillKey),
        ),
      )
      .where(and(eq(fills.accountId, accountId), isOf(origin, fills.orderId)));
  }

  async #open(accountId: AccountId, origin: MadeOrigin): Promise<readonly MadePlace[]> {
    const { db, t } = this.session.handle;
    const { openLots, positions } = t;
    const rows = await db
      .select({ positionId: positions.positionId })
      .from(openLots)
      .innerJoin(
        positions,
        and(
          eq(positions.accountId, openLots.accountId),
          eq(positions.contractId, openLots.contractId),
          eq(positions.status, "open"),
        ),
      )
      .where(and(eq(openLots.accountId, accountId), isOf(origin, openLots.orderId)));
    return rows.map(({ positionId }) => ({ positionId, exitTimestamp: null }));
  }
}
