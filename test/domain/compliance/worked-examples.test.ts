import { describe, it } from "vitest";
import { ruleLedger } from "./rule-ledger.js";

/** The firms' own examples, and examples from their rules. */
describe("worked examples", () => {
  // help.topstep.com 8284204, "What is the Maximum Loss Limit": the example of a 50K account.
  it("Topstep's 50K: the floor follows the highest end of day and stops at the start", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k",
      `
      08-03  trade +500    | balance 50500 floor 48000 locked no
      08-04  wait          | high 50500 floor 48500
      08-04  trade -500    | balance 50000 floor 48500
      08-05  wait          | high 50500 floor 48500
      08-05  trade +2500   | balance 52500 floor 48500
      08-06  wait          | high 52500 floor 50000 locked yes
      08-06  trade +1000   | balance 53500
      08-07  wait          | high 53500 floor 50000 locked yes`,
    );
  });

  // The account of the architecture document's bot: highest end of day 152,250.75 on a 150K Combine.
  it("a 150K account whose highest end of day is 152,250.75 has its floor at 147,750.75", () => {
    ruleLedger(
      150_000,
      "topstep-combine-150k",
      `
      08-03  trade 2250.75   | balance 152250.75 floor 145500
      08-04  wait            | high 152250.75 floor 147750.75 locked no
      08-04  trade -1000     | floor 147750.75 found nothing`,
    );
  });

  // Express Funded starts at 0; after the first payout the limit is 0 (help pages, quoted by
  // fundedtraderfieldguide.pages.dev).
  it("Express from 0: the floor rises to 0, and a payout sets it there for good", () => {
    ruleLedger(
      0,
      "topstep-express-50k",
      `
      08-03  trade +800     | balance 800 floor -2000
      08-04  wait           | high 800 floor -1200
      08-04  trade -300     | balance 500 floor -1200
      08-05  payout 250     | balance 250 floor 0 locked yes high 800 found mll:warning:8000
      08-06  wait           | high 800 floor 0
      08-06  trade -251     | balance -1 found mll:warning:8000 mll:violation`,
    );
  });

  // damnpropfirms.com: Apex legacy follows the peak of open results during the day and stops at start + 100.
  it("an intraday equity trail follows the open peak at once, and stops at start + 100", () => {
    ruleLedger(
      50_000,
      "apex-legacy-50k",
      `
      08-03  open 1        | floor 47500
      08-03  mark +1500    | equity 51500 floor 49000
      08-03  mark +200     | equity 50200 floor 49000
      08-03  mark +2599    | floor 50099 locked no
      08-03  mark +2600    | floor 50100 locked yes
      08-03  mark +4000    | floor 50100 locked yes
      08-03  close +3000   | balance 53000 floor 50100`,
    );
  });

  it("breaks an intraday trail on open profit given back", () => {
    ruleLedger(
      50_000,
      "apex-legacy-50k",
      `
      08-03  open 1        | floor 47500
      08-03  mark +2000    | floor 49500 found nothing
      08-03  mark -500     | equity 49500 found mll:violation`,
    );
  });

  // help.futures.topstep.com 8808125387923: "should hit or exceed the DLL".
  it("a loss that equals the daily limit breaks it, and not a cent less", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k-dll",
      `
      08-03  trade -799.99   | used 799.99 found nothing
      08-03  trade -0.01     | used 800 remaining 200 found dll:warning:8000
      08-03  trade -199.99   | used 999.99 found nothing
      08-03  trade -0.01     | used 1000 remaining 0 found dll:violation
      08-03  trade -50       | used 1050 remaining -50 found nothing
      08-04  wait            | used 0 remaining 1000
      08-04  trade -800      | found dll:warning:8000 mll:warning:8000`,
    );
  });

  it("warns of the maximum loss at 80 % of it, and once a day", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k",
      `
      08-03  trade -1599     | found nothing
      08-03  trade -1        | found mll:warning:8000
      08-03  trade -100      | found nothing
      08-04  trade -1        | found mll:warning:8000
      08-04  trade -299      | balance 48000 found nothing
      08-04  trade -0.01     | found mll:violation
      08-05  trade +3000     | balance 50999.99 found nothing
      08-06  trade -4000     | found consistency:warning`,
    );
  });

  it("a rule set may warn more than once, and jumps over what one event passes", () => {
    const rules = {
      firm: "Test",
      program: "Test",
      version: "1",
      dailyLoss: { amount: 1_000, action: "lock" },
      warnAt: [90, 50, 75],
    };
    ruleLedger(
      50_000,
      rules,
      `
      08-03  trade -500      | found dll:warning:5000
      08-03  trade -450      | found dll:warning:9000
      08-03  trade +200      | found nothing
      08-04  trade -1500     | found dll:violation`,
    );
  });
});

describe("other rules", () => {
  it("Topstep's scaling plan goes by the last end of day", () => {
    ruleLedger(
      0,
      "topstep-express-50k",
      `
      08-03  open 2          | found nothing
      08-03  open 1          | found size:violation
      08-03  close 1000      | balance 3000
      08-04  open 5          | found nothing`,
    );
  });

  it("a position held past 15:10 Chicago, or over 17:00, is a finding", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k",
      `
      08-03  open 1  15:09   | found nothing
      08-03  mark 5  15:10   | found session:violation
      08-03  close 0 15:20   | found nothing
      08-04  open 1          | found nothing
      08-05  wait            | found session:violation`,
    );
  });

  it("consistency is judged at the end of the day, against the greater of target and profit", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k",
      `
      08-03  trade +1600     | found nothing
      08-04  wait            | found consistency:warning
      08-04  trade +1600     | found profit_target:info
      08-05  wait            | found nothing`,
    );
  });

  it("winning days count from the firm's minimum, and begin anew after a payout", () => {
    ruleLedger(
      0,
      "topstep-express-50k",
      `
      08-03  trade +150      | winning 0
      08-04  trade +149.99   | winning 1
      08-05  trade +500      | winning 1
      08-06  wait            | winning 2
      08-06  payout 100      | winning 0
      08-06  trade +200      | winning 0
      08-07  wait            | winning 1`,
    );
  });

  it("a daily loss that ends the account (Earn2Trade) is found once and for all", () => {
    ruleLedger(
      50_000,
      "earn2trade-tcp-50k",
      `
      08-03  trade -1100     | found dll:violation
      08-04  trade -1100     | found mll:violation`,
    );
  });

  it("a reset begins anew, with the limits of the new balance", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k",
      `
      08-03  trade -2500     | found mll:violation
      08-04  reset 50000     | balance 50000 high 50000 floor 48000 day 0
      08-04  trade -2500     | found mll:violation`,
    );
  });
});
