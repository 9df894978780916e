import { describe, expect, it } from "vitest";
import { readState } from "../../src/web/page-state.js";

const read = (search: string) => readState(new URLSearchParams(search));
const NOTHING = { account: null, from: null, to: null };

describe("the state in the page's URL", () => {
  it("is the account and the days", () => {
    expect(read("account=A&from=2026-02-28&to=2026-02-28&symbol=MES")).toEqual({
      account: "A",
      from: "2026-02-28",
      to: "2026-02-28",
    });
    expect(read("")).toEqual(NOTHING);
    expect(read("account=&from=&to=")).toEqual(NOTHING);
  });

  it.each([
    "2026-13-01",
    "2026-02-29",
    "2026-04-31",
    "2026-00-10",
    "2026-1-1",
    "yesterday",
    "2026-08-03T00:00",
  ])("drops %s, which is no day, and keeps the rest", (day) => {
    expect(read(`from=${day}&to=2026-08-03`)).toEqual({ ...NOTHING, to: "2026-08-03" });
    expect(read(`from=2026-01-02&to=${day}`)).toEqual({ ...NOTHING, from: "2026-01-02" });
  });

  it("keeps the last day of February in a leap year", () => {
    expect(read("from=2028-02-29").from).toBe("2028-02-29");
  });

  it("drops both days when the first one is after the last", () => {
    expect(read("account=A&from=2026-08-04&to=2026-08-03")).toEqual({ ...NOTHING, account: "A" });
  });
});
