import { z } from "zod";
import { plainComplianceEntry } from "../../domain/compliance/plain-compliance.js";
import { moneyToNumber } from "../../domain/money.js";
import { plainRisk } from "../../services/plain-risk.js";
import { endpoint } from "../endpoint.js";
import { account, instant, whole } from "../parameters.js";
import { id, money, time, tradingDay } from "../plain-schemas.js";

const SEVERITIES = ["info", "warning", "violation"] as const;

export const RISK = z
  .object({
    accountId: id(),
    tradingDay: tradingDay(),
    balance: money(),
    equity: money().describe("Balance with open positions at the last price seen, US dollars"),
    startOfDayBalance: money(),
    highestEodBalance: money(),
    dailyPnl: money(),
    dll: z
      .object({
        limit: money(),
        used: money(),
        remaining: money(),
        violated: z.boolean(),
        lockedUntil: time().nullable(),
      })
      .nullable()
      .describe("Daily loss limit; null where there is none, or none that is known"),
    mll: z
      .object({
        limit: money(),
        floor: money().describe("The balance at which the limit is broken, US dollars"),
        remaining: money(),
        lockedFloor: z.boolean(),
        violated: z.boolean(),
      })
      .nullable()
      .describe("Maximum loss limit"),
    canTrade: z.boolean(),
    reason: z.string().nullable(),
  })
  .meta({ id: "Risk" });

export const FLOOR = z
  .object({
    tradingDay: tradingDay(),
    floor: money().nullable().describe("US dollars; null where the rules of the day tell none."),
  })
  .meta({ id: "Floor" });

const dollars = () => money().nullable();

export const COMPLIANCE_ROW = z
  .object({
    accountId: id(),
    eventKey: z.string(),
    eventType: z.string(),
    severity: z.enum(SEVERITIES),
    rule: z.string(),
    tradingDay: tradingDay(),
    timestamp: time(),
    recordedAt: time(),
    message: z.string(),
    currentBalance: dollars(),
    equity: dollars(),
    dailyPnl: dollars(),
    startOfDayBalance: dollars(),
    highestEodBalance: dollars(),
    trailingLoss: dollars(),
    floor: dollars(),
    dllLimit: dollars(),
    dllRemaining: dollars(),
    mllLimit: dollars(),
    mllRemaining: dollars(),
    threshold: z.number().nullable().describe("Percent of a limit"),
    lockedUntil: time().nullable(),
    lockedForGood: z.boolean(),
    refersTo: z.string().nullable(),
  })
  .meta({ id: "ComplianceEntry" });

const OF_ACCOUNT = { tag: "compliance", path: z.object({ account: account() }) };

export const complianceEndpoints = [
  endpoint({
    ...OF_ACCOUNT,
    route: "/accounts/{account}/risk",
    summary: "Where an account stands under its rules",
    query: z.object({ at: instant().optional().describe("As it was then.") }),
    response: RISK,
    async answer({ books, path, query }) {
      return { body: plainRisk(await books.compliance.status(path.account, query.at)) };
    },
  }),
  endpoint({
    ...OF_ACCOUNT,
    route: "/accounts/{account}/floor",
    summary: "The balance at which the maximum loss limit is broken, day by day, oldest first",
    query: z.object({}),
    response: z.array(FLOOR),
    async answer({ books, path }) {
      const { accountId } = await books.accounts.get(path.account);
      const days = await books.store.read((repos) => repos.compliance.days(accountId));
      const body = days.map(({ tradingDay: day, floor }) => ({
        tradingDay: day,
        floor: floor === null ? null : moneyToNumber(floor),
      }));
      return { body };
    },
  }),
  endpoint({
    tag: "compliance",
    path: z.object({}),
    route: "/compliance",
    summary: "What the rules found, the newest n, by instant",
    query: z.object({
      account: account().optional(),
      severity: z.enum(SEVERITIES).optional(),
      from: instant().optional(),
      to: instant().optional(),
      limit: whole(1, 1_000).default(100),
    }),
    response: z.array(COMPLIANCE_ROW),
    async answer({ books, query }) {
      const entries = await books.compliance.log(query);
      return { body: entries.map(plainComplianceEntry) };
    },
  }),
];
