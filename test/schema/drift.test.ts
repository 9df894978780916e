import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { schemaDrift } from "./drift.js";
import { type Dialect, REPOSITORY } from "./drizzle-kit.js";

describe("npm run db:check", () => {
  let tree = "";

  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), "blotter-tree-"));
    for (const part of ["src/storage", "src/domain", "src/ports", "drizzle", "tsconfig.json"]) {
      cpSync(join(REPOSITORY, part), join(tree, part), { recursive: true });
    }
    symlinkSync(join(REPOSITORY, "node_modules"), join(tree, "node_modules"));
  });

  afterEach(() => rmSync(tree, { recursive: true }));

  function change(file: string, from: string | RegExp, to: string): void {
    const path = join(tree, file);
    const text = readFileSync(path, "utf8");
    expect(text).toMatch(from);
    writeFileSync(path, text.replace(from, to));
  }

  const schemaFile = (dialect: Dialect) => `src/storage/${dialect}/schema.ts`;

  it("finds that schemas and migrations agree, and leaves them as they are", async () => {
    const journal = join(tree, "drizzle/sqlite/meta/_journal.json");
    const before = readFileSync(journal, "utf8");
    expect(await schemaDrift(tree)).toEqual([]);
    expect(readFileSync(journal, "utf8")).toBe(before);
  });

  it("names the dialect whose schema has a column, an index or a check more", async () => {
    change(
      schemaFile("sqlite"),
      'notes: text("notes"),',
      'notes: text("notes"), mood: text("mood"),',
    );
    const drift = await schemaDrift(tree);
    expect(drift).toHaveLength(1);
    expect(drift[0]).toMatch(/storage\/sqlite\/schema.ts and drizzle\/sqlite disagree/);
    expect(drift[0]).toMatch(/would still need \d{4}_\w+\.sql/);
  });

  it("finds a partial index whose condition changed, and a check", async () => {
    change(schemaFile("sqlite"), "status in (0, 1)", "status in (0, 1, 3)");
    change(schemaFile("postgres"), "between 0 and 6", "between 0 and 7");
    const drift = await schemaDrift(tree);
    expect(drift.map((text) => text.slice(0, 27))).toEqual([
      "src/storage/sqlite/schema.t",
      "src/storage/postgres/schema",
    ]);
  });

  it("is not fooled by a rename, where drizzle-kit asks a question and ends with 0", async () => {
    change(schemaFile("postgres"), 'text("rejection_reason")', 'text("refusal")');
    const [drift] = await schemaDrift(tree);
    expect(drift).toMatch(/storage\/postgres\/schema.ts .* cannot be compared/);
  });

  it("finds two migrations that follow the same one", async () => {
    const meta = join(tree, "drizzle/postgres/meta");
    const journal: { readonly entries: readonly unknown[] } = JSON.parse(
      readFileSync(join(meta, "_journal.json"), "utf8"),
    );
    const next = journal.entries.length;
    const [last, other] = [next - 1, next].map((idx) => String(idx).padStart(4, "0"));
    cpSync(join(meta, `${last}_snapshot.json`), join(meta, `${other}_snapshot.json`));
    change(
      "drizzle/postgres/meta/_journal.json",
      /\n\s*\]\s*\}\s*$/,
      `,{"idx":${next},"version":"7","when":9999999999999,"tag":"${other}_other","breakpoints":true}]}`,
    );
    const [drift] = await schemaDrift(tree);
    expect(drift).toMatch(/drizzle\/postgres is not consistent in itself/);
  });
});
