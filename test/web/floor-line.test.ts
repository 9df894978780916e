import { describe, expect, it } from "vitest";
import { floorLine } from "../../src/web/charts/floor-line.js";

const DAYS = ["2026-08-03", "2026-08-04", "2026-08-05", "2026-08-06"];

/** Floors of the days from the first on; a dot is a day without one, a dash one whose floor is not known. */
const account = (name: string, ledger: string) => ({
  accountId: name,
  name,
  floors: ledger.split(" ").flatMap((text, i) => {
    const tradingDay = DAYS[i] ?? "";
    return text === "." ? [] : [{ tradingDay, floor: text === "-" ? null : Number(text) }];
  }),
});

const line = (...accounts: ReturnType<typeof account>[]) => floorLine(DAYS, accounts);
const values = (...accounts: ReturnType<typeof account>[]) => [
  ...line(...accounts).values.values(),
];

describe("the floor under the balance", () => {
  it("holds until the next day that has one, and is not known before the first", () => {
    expect(values(account("A", ". 48 . 49"))).toEqual([null, 48, 48, 49]);
    expect(values(account("A", "48 - . 49"))).toEqual([48, null, null, 49]);
    expect(floorLine(DAYS.slice(2), [account("A", "48 . . .")]).values.get("2026-08-05")).toBe(48);
    expect(line(account("A", "48 . . .")).note).toContain(
      "the balance at which the account is lost",
    );
  });

  it("of several accounts is the sum, only where each has one", () => {
    const both = [account("A", "48 . 49 ."), account("B", ". 97 . 98")];
    expect(values(...both)).toEqual([null, 145, 146, 147]);
    expect(line(...both).name).toBe("Floors, summed");
    expect(line(...both).note).toContain("floors of all 2 accounts");
  });

  it("is not drawn under a sum that counts an account without one, and says which", () => {
    const some = [account("A", "48 . . ."), account("B", ". . . ."), account("C", "- . . .")];
    expect(values(...some)).toEqual([null, null, null, null]);
    expect(line(...some).note).toBe(
      "No floor is drawn: the balance counts B, C, which have none. Choose an account to see its own floor.",
    );
  });

  it("is not spoken of where no account has one, or there is no account", () => {
    expect(line(account("A", ". . . ."), account("B", ". . . .")).note).toBeNull();
    expect([line().note, ...values()]).toEqual([null, null, null, null, null]);
    expect(line(account("A", ". . . .")).note).toBeNull();
  });
});
