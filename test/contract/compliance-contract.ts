import { describe, expect, it } from "vitest";
import { formatInstant, type Instant, parseInstant } from "../../src/domain/instant.js";
import { BlotterError, createBlotter } from "../../src/index.js";
import { describeSecondBreaches } from "./compliance-again-contract.js";
import { describeRoom } from "./compliance-room-contract.js";
import { describeAdoptedDay, describeBrokersWord } from "./compliance-told-contract.js";
import { freshAccount } from "./fresh-account.js";
import { figures, RiskDesk } from "./risk-desk.js";
import type { Subject } from "./subject.js";
import { SetClock } from "./told-broker.js";

const NOON = "2026-08-03T17:00:00Z";
const LATER = "2026-08-03T18:00:00Z";
const LAST = "2026-08-03T21:59:59.999999Z";
const NEXT_DAY = "2026-08-03T22:00:00Z";

export function describeCompliance(subject: Subject): void {
  describe("compliance", () => {
    describeLocks(subject);
    describeSubmitted(subject);
    describeRestatements(subject);
    describePricesAndCash(subject);
    describeSecondBreaches(subject);
    describeRoom(subject);
    describeAdoptedDay(subject);
    describeBrokersWord(subject);
    describeRuleSets(subject);
  });
}

function describeLocks(subject: Subject): void {
  it("a daily loss that meets its limit locks until 17:00 Chicago, is one row, and is told", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    await desk.trade(NOON, -900);
    const exit = await desk.trade(NOON, -100);
    await desk.trade(LATER, -50);
    const fill = { accountId: desk.account, fillId: exit, orderId: exit, contract: "MNQU26" };
    const told = { ...fill, side: "sell", quantity: 1, price: 19_950, executedAt: NOON } as const;
    await desk.blotter.orders.recordFill({ ...told, commission: 0, fee: 0 });
    expect(await desk.keys()).toEqual(["2026-08-03:dll:warning:8000", "2026-08-03:dll:violation"]);
    const locked = await desk.status(LAST);
    expect(figures(locked)).toMatchObject({ used: 1_050, canTrade: false });
    expect(locked.dll).toMatchObject({ violated: true });
    expect(formatInstant(locked.dll?.lockedUntil ?? locked.at)).toBe(NEXT_DAY);
    expect(locked.reason).toBe(`daily loss 1000 of 1000: locked until ${NEXT_DAY}`);
    const free = await desk.status(NEXT_DAY);
    expect(figures(free)).toMatchObject({ used: 0, canTrade: true, day: 0 });
    expect(free.dll).toMatchObject({ violated: false, lockedUntil: null });
    const events = await desk.blotter.store.read((repos) =>
      repos.outbox.after(desk.account, 0, 99),
    );
    const types = events.map(({ type }) => type).filter((type) => type.startsWith("compliance"));
    expect(types).toEqual(["compliance.warning", "compliance.violation"]);
    expect(await desk.verify()).toEqual([]);
  });

  it("an account that fell below its floor stays lost, whatever the balance does", async () => {
    const desk = await RiskDesk.open(subject().blotter, "topstep-combine-50k");
    await desk.trade(NOON, -2_001);
    await desk.trade(LATER, 10_000);
    await desk.trade("2026-08-05T17:00:00Z", -500);
    const violations = await desk.blotter.compliance.log({
      account: desk.account,
      severity: "violation",
    });
    expect(violations.map(({ eventKey }) => eventKey)).toEqual(["2026-08-03:mll:violation"]);
    expect(violations).toMatchObject([{ balance: 47_999e6, floor: 48_000e6, mllLimit: 2_000e6 }]);
    const status = await desk.status("2026-09-01T17:00:00Z");
    expect(status).toMatchObject({ canTrade: false, mll: { violated: true, lockedFloor: true } });
    expect(status.reason).toContain("the account is lost");
  });

  it("a loss that is open at the roll uses the next day's limit, though nothing has happened yet", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    await desk.fill(NOON, "buy", 20_000);
    await desk.mark(LATER, 19_550);
    expect(await desk.status(LATER)).toMatchObject({ canTrade: true });
    await desk.mark("2026-08-03T19:00:00Z", 19_500);
    const next = await desk.status("2026-08-03T23:00:00Z");
    expect(figures(next)).toMatchObject({ used: 1_000, canTrade: false });
    expect(next.dll).toMatchObject({ violated: true });
    expect(formatInstant(next.dll?.lockedUntil ?? next.at)).toBe("2026-08-04T22:00:00Z");
    expect(next.reason).toBe("daily loss 1000 of 1000: locked until 2026-08-04T22:00:00Z");
    // Only what happens is written down.
    expect(await desk.keys()).toEqual(["2026-08-03:dll:warning:8000", "2026-08-03:dll:violation"]);
    await desk.fill("2026-08-03T23:30:00Z", "sell", 19_990);
    expect(await desk.status("2026-08-04T00:00:00Z")).toMatchObject({ canTrade: true });
    expect(await desk.verify()).toEqual([]);
  });

  it("a person may lift a lock, once and for a reason; the violation stays on record", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    await desk.trade(NOON, -1_000);
    const key = "2026-08-03:dll:violation";
    const { compliance } = desk.blotter;
    await expect(compliance.lift(desk.account, key, " ")).rejects.toThrow("give one");
    await expect(compliance.lift(desk.account, "none", "why")).rejects.toThrow("no compliance row");
    const warning = compliance.lift(desk.account, "2026-08-03:dll:warning:8000", "why");
    await expect(warning).rejects.toThrow("no compliance row");
    const early = compliance.lift(desk.account, key, "why", "2026-08-03T16:59:59Z");
    await expect(early).rejects.toThrow("it cannot be lifted before");
    const at = "2026-08-03T17:30:00Z";
    const lifted = await compliance.lift(desk.account, key, "the firm said so", at);
    expect(await compliance.lift(desk.account, key, "again")).toEqual(lifted);
    expect(lifted).toMatchObject({ eventType: "lifted", refersTo: key });
    expect((await desk.status("2026-08-03T17:29:59Z")).canTrade).toBe(false);
    expect(await desk.status(LATER)).toMatchObject({ canTrade: true, dll: { violated: true } });
    expect(await desk.keys()).toHaveLength(2);
  });

  it("says how many contracts may be opened, given what is open, working and allowed", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    const room = (stopTicks: number, contract = "MNQU26") =>
      desk.blotter.compliance.headroom(desk.account, { contract, stopTicks }, LATER);
    // 100 ticks of 50 cents: a daily loss of 1,000 must not be met, so 19 and not 20.
    expect(await room(100)).toMatchObject({ contracts: 19, limitedBy: "dll", unprotected: 0 });
    expect(await room(1)).toMatchObject({ contracts: 50, limitedBy: "size" });
    expect(await room(1, "ESU26")).toMatchObject({ contracts: 5, limitedBy: "size" });
    await desk.fill(NOON, "buy", 20_000, { quantity: 10 });
    expect(await room(100)).toMatchObject({ contracts: 19, unprotected: 10 });
    const order = { accountId: desk.account, contract: "MNQU26", status: "working" } as const;
    const stop = { side: "sell", orderType: "stop", stopPrice: 19_975, quantity: 10 } as const;
    await desk.blotter.orders.recordOrder({ ...order, ...stop, orderId: "s", createdAt: NOON });
    // The stop loses 10 x 25 points x 2 dollars = 500.
    expect(await room(100)).toMatchObject({ contracts: 9, limitedBy: "dll", unprotected: 0 });
    const entry = { side: "buy", orderType: "limit", limitPrice: 19_990, quantity: 5 } as const;
    await desk.blotter.orders.recordOrder({ ...order, ...entry, orderId: "e", createdAt: NOON });
    expect(await room(100)).toMatchObject({ contracts: 4, limitedBy: "dll" });
    expect(await room(1)).toMatchObject({ contracts: 35, limitedBy: "size" });
    await expect(room(0)).rejects.toThrow("stopTicks must be a whole number from 1, was 0");
    await desk.trade(LATER, -1_000);
    expect(await room(1)).toMatchObject({ contracts: 0, limitedBy: "lock" });
  });
}

function describeSubmitted(subject: Subject): void {
  it("counts submitted orders that nothing has been heard of, once", async () => {
    // Room depends on the hour: none is left between the flat time and the open.
    const clock = new SetClock(parseInstant(NOON, "now"));
    const { store } = subject().blotter;
    const desk = await RiskDesk.open(await createBlotter({ store, clock, closeDays: false }));
    const { orders, compliance } = desk.blotter;
    const now = () => {
      clock.at = (clock.at + 1_000_000) as Instant;
      return formatInstant(clock.at);
    };
    const room = async () => {
      const wish = { contract: "MNQU26", stopTicks: 1 };
      return (await compliance.headroom(desk.account, wish, now())).contracts;
    };
    const order = {
      accountId: desk.account,
      contract: "MNQU26",
      side: "buy",
      quantity: 20,
    } as const;
    const market = { ...order, orderType: "market" } as const;
    expect(await room()).toBe(50);
    await orders.submit({ ...market, customTag: "lost" }, async () => {
      throw new Error("timeout");
    });
    expect(await room()).toBe(30);
    await orders.submit({ ...market, customTag: "taken" }, async () => ({ orderId: "71" }));
    expect(await room()).toBe(10);
    await orders.submit({ ...market, customTag: "refused" }, async () => {
      throw new BlotterError("invalid", "no");
    });
    expect(await room()).toBe(10);
    const told = { ...order, status: "working", orderType: "limit", limitPrice: 19_000 } as const;
    await orders.recordOrder({ ...told, orderId: "71", createdAt: now() });
    await orders.recordOrder({ ...told, orderId: "72", customTag: "lost", createdAt: now() });
    expect(await room()).toBe(10);
    for (const orderId of ["71", "72"]) {
      const updatedAt = now();
      await orders.recordOrder({
        ...told,
        orderId,
        status: "cancelled",
        createdAt: now(),
        updatedAt,
      });
    }
    expect(await room()).toBe(50);
  });
}

function describeRestatements(subject: Subject): void {
  it("a void that removes the cause adds a row, and the lock stays until its end", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    const exit = await desk.trade(NOON, -1_000);
    await desk.blotter.orders.voidFill({ accountId: desk.account, fillId: exit });
    expect(await desk.keys()).toEqual([
      "2026-08-03:dll:violation",
      "2026-08-03:dll:violation:restated",
    ]);
    expect(await desk.status(LAST)).toMatchObject({ canTrade: false, dll: { used: 0 } });
    expect((await desk.status(NEXT_DAY)).canTrade).toBe(true);
    // Found again the same day: another row, told apart.
    await desk.fill(LATER, "sell", 19_500);
    expect((await desk.keys()).filter((key) => key.includes("violation"))).toEqual([
      "2026-08-03:dll:violation",
      "2026-08-03:dll:violation:2",
      "2026-08-03:dll:violation:restated",
    ]);
    expect(await desk.verify()).toEqual([]);
  });

  it("what comes late is judged in its place, and the state is as if it had come in time", async () => {
    const { blotter } = subject();
    const [late, clean] = [await RiskDesk.open(blotter), await RiskDesk.open(blotter)];
    const fills = (desk: RiskDesk) => [
      desk.input("2026-08-03T15:00:00Z", "buy", 20_000),
      desk.input("2026-08-03T15:01:00Z", "sell", 20_300),
      desk.input("2026-08-04T15:00:00Z", "buy", 20_000),
      desk.input("2026-08-04T15:01:00Z", "sell", 19_550),
      desk.input("2026-08-04T15:02:00Z", "buy", 20_000),
      desk.input("2026-08-04T15:03:00Z", "sell", 19_950),
      desk.input("2026-08-05T15:00:00Z", "buy", 20_000),
      desk.input("2026-08-05T15:01:00Z", "sell", 20_100),
    ];
    for (const fill of fills(clean)) await blotter.orders.recordFill(fill);
    const [a, b, c, d, e, f, g, h] = fills(late);
    for (const fill of [a, g, b, h, c, f, e, d]) if (fill) await blotter.orders.recordFill(fill);
    const without = (rows: Awaited<ReturnType<RiskDesk["days"]>>) =>
      rows.map(({ accountId: _, ...row }) => row);
    expect(without(await late.days())).toEqual(without(await clean.days()));
    const standing = (keys: readonly string[]) => {
      const gone = new Set(keys.filter((key) => key.endsWith(":restated")));
      return keys.filter((key) => !key.endsWith(":restated") && !gone.has(`${key}:restated`));
    };
    const causes = (keys: readonly string[]) =>
      new Set(standing(keys).map((key) => key.replace(/(violation):\d+$/, "$1")));
    expect(causes(await late.keys())).toEqual(causes(await clean.keys()));
    expect(causes(await clean.keys())).toContain("2026-08-04:dll:violation");
    expect(await late.verify()).toEqual([]);
  });

  it("a rebuild makes the same state, and leaves the log alone", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    await desk.trade(NOON, -1_000);
    await desk.trade("2026-08-04T15:00:00Z", 700);
    await desk.cash("2026-08-04T16:00:00Z", "payout", 200);
    const before = [await desk.days(), await desk.log()];
    await desk.blotter.trades.rebuild(desk.account);
    expect([await desk.days(), await desk.log()]).toEqual(before);
    await desk.blotter.store.write(desk.account, async (repos) => {
      const day = await repos.compliance.day(desk.account, null);
      if (!day) throw new Error("a day");
      await repos.compliance.saveDay({ ...day, state: { ...day.state, payouts: 7 } });
    });
    expect(await desk.verify()).toMatchObject([{ table: "compliance_state", key: "2026-08-04" }]);
  });
}

function describePricesAndCash(subject: Subject): void {
  it("a price alone breaks a limit, at once and once", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    await desk.fill(NOON, "buy", 20_000);
    await desk.mark("2026-08-03T17:00:01Z", 19_600);
    await desk.mark("2026-08-03T17:00:02Z", 19_500.25);
    expect(await desk.keys()).toEqual(["2026-08-03:dll:warning:8000"]);
    await desk.mark("2026-08-03T17:00:03Z", 19_500);
    await desk.mark("2026-08-03T17:00:03Z", 19_500);
    await desk.mark("2026-08-03T17:00:04Z", 21_000);
    expect(await desk.keys()).toHaveLength(2);
    expect(figures(await desk.status(LATER))).toMatchObject({
      equity: 52_000,
      day: 2_000,
      canTrade: false,
    });
    expect(await desk.verify()).toEqual([]);
  });

  it("prices of several contracts count together, each at its newest", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    await desk.fill(NOON, "buy", 20_000);
    await desk.mark("2026-08-03T17:00:01Z", 19_700);
    await desk.mark("2026-08-03T17:00:02Z", 20_000);
    // The first contract has recovered: 900 dollars in the second break nothing.
    await desk.fill("2026-08-03T17:00:03Z", "buy", 6_000, { contract: "MESU26" });
    await desk.mark("2026-08-03T17:00:04Z", 5_840, "MESU26");
    expect(figures(await desk.status("2026-08-03T17:00:05Z"))).toMatchObject({ day: -800 });
    await desk.mark("2026-08-03T17:00:05Z", 19_950);
    await desk.mark("2026-08-03T17:00:06Z", 19_900);
    expect(await desk.keys()).toContain("2026-08-03:dll:violation");
    expect(await desk.verify()).toEqual([]);
    await desk.blotter.trades.rebuild(desk.account);
    expect(figures(await desk.status("2026-08-03T17:00:07Z"))).toMatchObject({ day: -1_000 });
  });

  it("a payout moves no high and no day, and a reset begins a new life without old locks", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    await desk.trade(NOON, 1_500);
    await desk.cash("2026-08-04T15:00:00Z", "payout", 1_000);
    const paid = await desk.status("2026-08-04T16:00:00Z");
    expect(figures(paid)).toMatchObject({ balance: 50_500, high: 51_500, floor: 49_500, day: 0 });
    await desk.trade("2026-08-04T17:00:00Z", -1_001);
    expect((await desk.status("2026-08-10T17:00:00Z")).canTrade).toBe(false);
    await desk.cash("2026-08-11T15:00:00Z", "reset", 50_000);
    const anew = await desk.status("2026-08-11T16:00:00Z");
    expect(figures(anew)).toMatchObject({ balance: 50_000, floor: 48_000, canTrade: true });
    expect(anew.mll).toMatchObject({ violated: false });
    expect(await desk.verify()).toEqual([]);
  });

  it("a closed day tells what only its end can tell, once", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    await desk.trade(NOON, 2_000);
    expect(await desk.keys()).toEqual([]);
    await desk.blotter.accounts.closeDay(desk.account, "2026-08-03");
    expect(await desk.keys()).toEqual(["2026-08-03:consistency:warning"]);
    await desk.trade("2026-08-04T15:00:00Z", 10);
    expect(await desk.keys()).toEqual(["2026-08-03:consistency:warning"]);
    // A late winner makes the day worse; one that makes another day matter too takes the finding back.
    await desk.trade(LATER, -1_800);
    expect(await desk.keys()).toContain("2026-08-03:consistency:warning:restated");
    expect(await desk.verify()).toEqual([]);
  });

  it("an adopted account is judged from its adoption, by what was told of it", async () => {
    const { blotter } = subject();
    const account = await freshAccount(blotter);
    const desk = new RiskDesk(blotter, account);
    await desk.trade("2026-07-01T15:00:00Z", -5_000);
    await blotter.rules.set(account, { name: "topstep-combine-150k" });
    await blotter.accounts.adopt({
      account,
      at: "2026-08-03T14:00:00Z",
      balance: 151_000,
      highestEodBalance: 152_250.75,
      openLots: [{ contract: "MNQU26", side: "buy", quantity: 1, price: 20_000 }],
    });
    await desk.fill(NOON, "sell", 20_100);
    expect(figures(await desk.status(LATER))).toMatchObject({
      balance: 151_200,
      high: 152_250.75,
      floor: 147_750.75,
      canTrade: true,
    });
    expect(await desk.verify()).toEqual([]);
  });
}

function describeRuleSets(subject: Subject): void {
  it("the rule set none ends rules from a day on; what was broken before stays broken", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    await desk.trade(NOON, -1_000);
    await desk.blotter.rules.set(desk.account, { name: "none", from: "2026-08-04" });
    await desk.trade("2026-08-04T15:00:00Z", -5_000);
    expect(await desk.keys()).toEqual(["2026-08-03:dll:violation"]);
    expect(await desk.status("2026-08-04T16:00:00Z")).toMatchObject({
      rulesName: "none",
      dll: null,
      mll: null,
      canTrade: true,
    });
    expect(figures(await desk.status(LATER))).toMatchObject({ used: 1_000, canTrade: false });
    expect(await desk.verify()).toEqual([]);
  });

  it("an account without rules is judged by none, and shows its figures", async () => {
    const { blotter } = subject();
    const desk = new RiskDesk(blotter, await freshAccount(blotter));
    await desk.trade(NOON, -30_000);
    const status = await desk.status(LATER);
    expect(status).toMatchObject({ rules: null, dll: null, mll: null, canTrade: true });
    expect(figures(status)).toMatchObject({ balance: 20_000, high: 50_000, day: -30_000 });
    expect(await desk.days()).toEqual([]);
    const room = await blotter.compliance.headroom(desk.account, {
      contract: "ESU26",
      stopTicks: 4,
    });
    expect(room).toMatchObject({ contracts: null, limitedBy: null });
  });

  it("rules set late judge what was there; a new set does not rewrite the days before it", async () => {
    const { blotter } = subject();
    const desk = new RiskDesk(blotter, await freshAccount(blotter));
    await desk.trade(NOON, -1_200);
    const first = await blotter.rules.set(desk.account, { name: "topstep-combine-50k-dll" });
    expect(await desk.keys()).toEqual(["2026-08-03:dll:violation"]);
    const again = await blotter.rules.set(desk.account, {
      name: "topstep-combine-50k-dll",
      from: "2026-08-02",
    });
    expect(again.assignment).toEqual(first.assignment);
    const document = {
      firm: "Own",
      program: "Own",
      version: "1",
      dailyLoss: { amount: 100, action: "lock" },
    };
    await blotter.rules.set(desk.account, { name: "own", document, from: "2026-08-04" });
    await desk.trade("2026-08-04T15:00:00Z", -100);
    expect(await desk.keys()).toEqual(["2026-08-03:dll:violation", "2026-08-04:dll:violation"]);
    expect((await desk.status(LATER)).rulesName).toBe("topstep-combine-50k-dll");
    expect((await desk.status("2026-08-04T16:00:00Z")).rulesName).toBe("own");
    expect((await blotter.rules.of(desk.account)).map(({ rules }) => rules.firm)).toEqual([
      "Topstep",
      "Own",
    ]);
    await expect(
      blotter.rules.set(desk.account, { name: "own", document: { firm: "Own" } }),
    ).rejects.toThrow("program must be text, was null");
    expect(await desk.verify()).toEqual([]);
  });
}
