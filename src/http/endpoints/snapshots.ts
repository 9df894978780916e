import { z } from "zod";
import { plainCash, plainSnapshot } from "../../domain/plain.js";
import { endpoint } from "../endpoint.js";
import { account, instant, whole } from "../parameters.js";
import { count, id, money, time, tradingDay } from "../plain-schemas.js";

const dollars = () => money().nullable();

const SNAPSHOT = z
  .object({
    accountId: id(),
    tradingDay: tradingDay(),
    timestamp: time(),
    snapshotType: z.string(),
    epoch: count(),
    balance: money(),
    realizedPnl: money().describe("Gross since the start of the epoch, US dollars"),
    commissions: money(),
    fees: money(),
    cash: money(),
    unrealizedPnl: dollars().describe("At an end of a day: at the newest price known before"),
    equity: dollars(),
    unvalued: z.string().nullable().describe("Why there is no unrealised result"),
    highestEodBalance: dollars(),
    closedAt: time().nullable(),
    brokerBalance: dollars(),
    drift: dollars(),
    brokerCanTrade: z.boolean().nullable(),
  })
  .meta({ id: "Snapshot" });

const CASH = z
  .object({
    accountId: id(),
    movementId: id(),
    type: z.string(),
    amount: money(),
    at: time(),
    reason: z.string().nullable(),
    source: z.string(),
    voidedAt: time().nullable(),
    voidReason: z.string().nullable(),
  })
  .meta({ id: "CashMovement" });

const QUERY = z.object({
  account: account().optional(),
  from: instant().optional(),
  to: instant().optional(),
  limit: whole(1, 1_000).default(100),
});

export const snapshotEndpoints = [
  endpoint({
    route: "/snapshots",
    tag: "accounts",
    summary: "Observations of accounts of the present epochs, the newest n, by instant",
    path: z.object({}),
    query: QUERY,
    response: z.array(SNAPSHOT),
    async answer({ books, query }) {
      return { body: (await books.accounts.snapshots(query)).map(plainSnapshot) };
    },
  }),
  endpoint({
    route: "/cash",
    tag: "accounts",
    summary: "Money that came or went other than by trading, the newest n, by instant",
    path: z.object({}),
    query: QUERY,
    response: z.array(CASH),
    async answer({ books, query }) {
      return { body: (await books.accounts.cash(query)).map(plainCash) };
    },
  }),
];
