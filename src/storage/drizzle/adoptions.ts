import { asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Adoption, BeforeAdoption } from "../../domain/adoption.js";
import type { AccountId } from "../../domain/ids.js";
import type { Instant } from "../../domain/instant.js";
import type { AdoptedOpening, AdoptionRepository } from "../../ports/account-repositories.js";
import { lotsOfText, textOfLots } from "./adopted-lots.js";
import { columnsWithout } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";

const adoptionColumns = ({ t }: Handle) => columnsWithout(t.accountAdoptions, "id", "createdAt");

const instantOf = prepared<{ accountId: AccountId }, readonly { readonly at: Instant }[]>(
  "adoption_instant",
  ({ db, t: { accountAdoptions: adoptions } }) =>
    db
      .select({ at: adoptions.at })
      .from(adoptions)
      .where(eq(adoptions.accountId, sql.placeholder("accountId")))
      .orderBy(desc(adoptions.revision))
      .limit(1),
  ({ t }) => ({ at: t.accountAdoptions.at }),
);

export class DrizzleAdoptionRepository implements AdoptionRepository {
  constructor(private readonly session: Session) {}

  async current(accountId: AccountId): Promise<Adoption | null> {
    const h = this.session.handle;
    const { accountAdoptions: adoptions } = h.t;
    const [row] = await h.db
      .select(adoptionColumns(h))
      .from(adoptions)
      .where(eq(adoptions.accountId, accountId))
      .orderBy(desc(adoptions.revision))
      .limit(1);
    return row ? adoptionOf(row) : null;
  }

  async instant(accountId: AccountId): Promise<Instant | null> {
    const [row] = await instantOf(this.session, { accountId });
    return row?.at ?? null;
  }

  async openings(accountIds: readonly AccountId[]): Promise<readonly AdoptedOpening[]> {
    const { db, t } = this.session.handle;
    const { accountId, at, balance, revision } = t.accountAdoptions;
    const rows = await db
      .select({ accountId, at, balance })
      .from(t.accountAdoptions)
      .where(inArray(accountId, [...accountIds]))
      .orderBy(asc(accountId), asc(revision));
    // The highest revision comes last, and stays.
    return [...new Map(rows.map((row) => [row.accountId, row])).values()];
  }

  async list(accountId: AccountId): Promise<readonly Adoption[]> {
    const h = this.session.handle;
    const { accountAdoptions: adoptions } = h.t;
    const rows = await h.db
      .select(adoptionColumns(h))
      .from(adoptions)
      .where(eq(adoptions.accountId, accountId))
      .orderBy(asc(adoptions.revision));
    return rows.map(adoptionOf);
  }

  async insert({ lots, before, ...adoption }: Adoption): Promise<void> {
    const { db, t } = this.session.handle;
    await db.insert(t.accountAdoptions).values({
      ...adoption,
      ...before,
      openLots: textOfLots(lots),
      createdAt: this.session.now,
    });
  }
}

type AdoptionRow = Omit<Adoption, "lots" | "before"> &
  BeforeAdoption & { readonly openLots: string };

function adoptionOf({
  openLots,
  startOfDayBalance,
  intradayPeak,
  bestDay,
  tradingDays,
  winningDays,
  ...row
}: AdoptionRow): Adoption {
  const before = { startOfDayBalance, intradayPeak, bestDay, tradingDays, winningDays };
  return { ...row, before, lots: lotsOfText(openLots) };
}
