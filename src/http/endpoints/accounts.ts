import { z } from "zod";
import { ACCOUNT_TYPES } from "../../domain/account-type.js";
import { plainDay } from "../../domain/plain.js";
import { plainSummary } from "../../services/account-rows.js";
import { endpoint } from "../endpoint.js";
import { account } from "../parameters.js";
import { count, id, money, tradingDay } from "../plain-schemas.js";

const NO_QUERY = z.object({});

export const ACCOUNT_ROW = z
  .object({
    accountId: id(),
    accountName: z.string(),
    accountType: z.enum(ACCOUNT_TYPES),
    startingBalance: money(),
    balance: money().describe("Opening balance + realised gross - known costs + cash, US dollars"),
    grossPnl: money(),
    commissions: money(),
    fees: money(),
    netPnl: money(),
    costsKnown: z.boolean(),
    fillCount: count(),
    volume: count().describe("Contracts, both sides"),
    openPositions: count(),
    epoch: count().describe("Resets before it; 0 is the first"),
    openingBalance: money().describe("At the start of the epoch"),
    cash: money().describe("Payouts, deposits and adjustments of the epoch"),
    highestEodBalance: money().nullable(),
  })
  .meta({ id: "Account" });

export const DAY_ROW = z
  .object({
    accountId: id(),
    tradingDay: tradingDay(),
    grossPnl: money(),
    commissions: money(),
    fees: money(),
    netPnl: money(),
    costsKnown: z.boolean(),
    fillCount: count(),
    volume: count(),
  })
  .meta({ id: "Day" });

export const accountEndpoints = [
  endpoint({
    route: "/accounts",
    tag: "accounts",
    summary: "All accounts with balance and totals, by id",
    path: z.object({}),
    query: NO_QUERY,
    response: z.array(ACCOUNT_ROW),
    async answer({ books }) {
      const body = [];
      for (const { accountId } of await books.accounts.list()) {
        body.push(plainSummary(await books.accounts.summary(accountId)));
      }
      return { body };
    },
  }),
  endpoint({
    route: "/accounts/{account}",
    tag: "accounts",
    summary: "One account as it stands",
    path: z.object({ account: account() }),
    query: NO_QUERY,
    response: ACCOUNT_ROW,
    async answer({ books, path }) {
      return { body: plainSummary(await books.accounts.summary(path.account)) };
    },
  }),
  endpoint({
    route: "/accounts/{account}/days",
    tag: "accounts",
    summary:
      "Ledger days, oldest first: gross on the day of each exit, costs on the day of each fill",
    path: z.object({ account: account() }),
    query: NO_QUERY,
    response: z.array(DAY_ROW),
    async answer({ books, path }) {
      return { body: (await books.accounts.days(path.account)).map(plainDay) };
    },
  }),
];
