import { describe, expect, it } from "vitest";
import {
  type BackupKind,
  type BackupManifest,
  backupName,
  contentDifferences,
  dueBackup,
  expiredBackups,
  newBackupName,
} from "../../src/domain/backup.js";
import { manifestText, parseManifest } from "../../src/domain/backup-manifest.js";
import { type Instant, parseInstant } from "../../src/domain/instant.js";

const at = (text: string): Instant => parseInstant(text, "at");
const past = (kind: BackupKind, takenAt: string) => ({
  name: `${kind}-${takenAt}`,
  kind,
  takenAt: at(takenAt),
});

describe("the backup that is due", () => {
  it("is monthly when there is none, and serves for the shorter periods", () => {
    expect(dueBackup([], at("2026-08-19T14:00:00Z"))).toBe("monthly");
    const first = [past("monthly", "2026-08-19T14:00:00Z")];
    expect(dueBackup(first, at("2026-08-19T14:59:59Z"))).toBeNull();
    expect(dueBackup(first, at("2026-08-19T15:00:00Z"))).toBe("hourly");
  });

  it("is daily from 17:00 in Chicago on, in summer and in winter", () => {
    const month = past("monthly", "2026-08-03T14:00:00Z");
    const summer = [
      month,
      past("weekly", "2026-08-17T14:00:00Z"),
      past("daily", "2026-08-19T01:00:00Z"),
    ];
    expect(dueBackup(summer, at("2026-08-19T21:59:59Z"))).toBe("hourly");
    expect(dueBackup(summer, at("2026-08-19T22:00:00Z"))).toBe("daily");
    const winter = [
      past("monthly", "2026-01-05T14:00:00Z"),
      past("weekly", "2026-01-12T14:00:00Z"),
      past("daily", "2026-01-14T01:00:00Z"),
    ];
    expect(dueBackup(winter, at("2026-01-14T22:59:59Z"))).toBe("hourly");
    expect(dueBackup(winter, at("2026-01-14T23:00:00Z"))).toBe("daily");
  });

  it("is weekly from Sunday evening on, whose session is Monday's", () => {
    const done = [past("monthly", "2026-08-03T14:00:00Z"), past("weekly", "2026-08-11T14:00:00Z")];
    expect(dueBackup(done, at("2026-08-16T21:59:00Z"))).toBe("daily");
    expect(dueBackup(done, at("2026-08-16T22:00:00Z"))).toBe("weekly");
  });

  it("is not served by a manual one, which a person may take away", () => {
    expect(dueBackup([past("manual", "2026-08-19T14:00:00Z")], at("2026-08-19T14:01:00Z"))).toBe(
      "monthly",
    );
  });
});

describe("the backups that may go", () => {
  const kept = { hourly: 2, daily: 1, weekly: 1, monthly: 1 };
  const names = (backups: readonly { readonly name: string }[]) => backups.map(({ name }) => name);

  it("are the oldest of each kind, and never manual ones", () => {
    const hourly = ["10", "11", "12", "13"].map((h) => past("hourly", `2026-08-19T${h}:05:00Z`));
    const others = [past("daily", "2026-08-18T22:05:00Z"), past("manual", "2020-01-01T00:00:00Z")];
    const made = hourly[3]?.name ?? "";
    expect(names(expiredBackups([...hourly, ...others], made, kept))).toEqual([
      "hourly-2026-08-19T11:05:00Z",
      "hourly-2026-08-19T10:05:00Z",
    ]);
  });

  it("never are the one just made, though a clock that was put back says it is the oldest", () => {
    const all = ["10", "11", "12"].map((h) => past("hourly", `2026-08-19T${h}:05:00Z`));
    const made = all[0]?.name ?? "";
    expect(expiredBackups(all, made, kept)).toEqual([]);
    expect(expiredBackups(all, made, { ...kept, hourly: 0 }).map(({ name }) => name)).not.toContain(
      made,
    );
  });
});

describe("names of backups", () => {
  it.each([
    "",
    ".",
    "..",
    "../books.db",
    "..\\books.db",
    "a/b",
    "a\\b",
    "/etc/passwd",
    ".hidden",
    "-rf",
    "a\u0000b",
    "a b",
    "a%2fb/",
    "~root",
    "C:evil",
    "é",
    "a".repeat(102),
  ])("are no paths: %j is refused", (name) => {
    expect(() => backupName(name)).toThrow(/a backup's name is/);
  });

  it("are made of the store's name, the moment and the kind", () => {
    const name = newBackupName("../my books.db", "hourly", at("2026-08-19T14:05:01.234Z"), ".db");
    expect(name).toBe("my-books-db-20260819T140501234Z-hourly.db");
    expect(newBackupName("..", "daily", at("2026-08-19T14:05:00Z"), ".db")).toMatch(/^store-/);
  });
});

const MANIFEST: BackupManifest = {
  format: 1,
  name: "a.db",
  kind: "hourly",
  engine: "sqlite",
  store: "books.db",
  takenAt: at("2026-08-19T14:05:00Z"),
  blotter: "1.0.0",
  bytes: 4096,
  sha256: "0123456789abcdef".repeat(4),
  tables: { fills: { rows: 2, hash: "aa" } },
  head: { A: 7 },
  migrations: ["m1"],
};

describe("a manifest", () => {
  it("comes back as it was written", () => {
    expect(parseManifest(manifestText(MANIFEST), "a.db")).toEqual(MANIFEST);
  });

  it.each([
    ["no JSON", "", /no JSON/],
    ["a list", "[]", /no JSON object/],
    ["of another file", JSON.stringify({ ...MANIFEST, name: "../../etc/passwd" }), /field name/],
    ["without a checksum", JSON.stringify({ ...MANIFEST, sha256: "" }), /field sha256/],
    ["of an unknown engine", JSON.stringify({ ...MANIFEST, engine: "oracle" }), /field engine/],
    ["with negative bytes", JSON.stringify({ ...MANIFEST, bytes: -1 }), /field bytes/],
    ["with rows that are text", JSON.stringify({ ...MANIFEST, tables: { a: "b" } }), /tables/],
  ])("that is %s is refused with words", (_, text, message) => {
    expect(() =>
      parseManifest(text.replace(/"takenAt":\d+/, '"takenAt":"2026-08-19T14:05:00Z"'), "a.db"),
    ).toThrow(message);
  });

  it("of a newer Blotter says so", () => {
    expect(() => parseManifest(JSON.stringify({ format: 2 }), "a.db")).toThrow(/newer Blotter/);
  });
});

describe("differences of content", () => {
  it("are named, and there are none between equals", () => {
    expect(contentDifferences(MANIFEST, { ...MANIFEST })).toEqual([]);
    const other = (more: Partial<BackupManifest>) =>
      contentDifferences({ ...MANIFEST, ...more }, MANIFEST);
    expect(other({ tables: {} })).toEqual(["table fills is missing"]);
    expect(other({ tables: { fills: { rows: 1, hash: "aa" } } })).toEqual([
      "table fills has 1 rows instead of 2",
    ]);
    expect(other({ tables: { fills: { rows: 2, hash: "ab" } } })).toEqual([
      "rows of table fills differ",
    ]);
    expect(other({ head: { A: 6 } })).toEqual(["the newest events differ"]);
    expect(other({ migrations: [] })).toEqual(["the schema differs"]);
  });
});
