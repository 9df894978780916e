import {
  BACKUP_ENGINES,
  BACKUP_KINDS,
  type BackupManifest,
  backupName,
  type TableContent,
} from "./backup.js";
import { BlotterError } from "./errors.js";
import { formatInstant, parseInstant } from "./instant.js";

/** The manifest as it stands in its file. */
export function manifestText(manifest: BackupManifest): string {
  return `${JSON.stringify({ ...manifest, takenAt: formatInstant(manifest.takenAt) }, null, 2)}\n`;
}

/**
 * Reads a manifest that anyone may have written.
 * @throws BlotterError `corrupt` naming what is wrong; `unsupported` for one of a newer Blotter
 */
export function parseManifest(text: string, name: string): BackupManifest {
  const raw = jsonObject(text, name);
  if (typeof raw.format === "number" && raw.format > 1) {
    throw new BlotterError(
      "unsupported",
      `the manifest of ${name} was written by a newer Blotter: update Blotter`,
    );
  }
  const problem = (field: string) => damaged(name, `field ${field} is not as it should be`);
  const textOf = (field: string): string => {
    const value = raw[field];
    if (typeof value !== "string" || value.length > 200) throw problem(field);
    return value;
  };
  const oneOf = <T extends string>(field: string, names: readonly T[]): T => {
    const found = names.find((candidate) => candidate === raw[field]);
    if (found === undefined) throw problem(field);
    return found;
  };
  if (raw.format !== 1) throw problem("format");
  // A manifest that names another file could have any file restored.
  if (textOf("name") !== name) throw problem("name");
  if (!/^[0-9a-f]{64}$/.test(textOf("sha256"))) throw problem("sha256");
  if (!isCount(raw.bytes)) throw problem("bytes");
  return {
    format: 1,
    name: backupName(name),
    kind: oneOf("kind", BACKUP_KINDS),
    engine: oneOf("engine", BACKUP_ENGINES),
    store: textOf("store"),
    takenAt: parseInstant(textOf("takenAt"), `takenAt of ${name}`),
    bytes: raw.bytes,
    sha256: textOf("sha256"),
    blotter: textOf("blotter"),
    tables: recordOf(raw.tables, isTableContent, () => problem("tables")),
    head: recordOf(raw.head, isCount, () => problem("head")),
    migrations: listOfTexts(raw.migrations, () => problem("migrations")),
  };
}

function jsonObject(text: string, name: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(name, "it is no JSON");
  }
  if (!isObject(value)) throw damaged(name, "it is no JSON object");
  return value;
}

function damaged(name: string, why: string): BlotterError {
  return new BlotterError("corrupt", `the manifest of ${name} is damaged: ${why}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isTableContent(value: unknown): value is TableContent {
  return isObject(value) && isCount(value.rows) && typeof value.hash === "string";
}

function recordOf<T>(
  value: unknown,
  accepts: (part: unknown) => part is T,
  problem: () => BlotterError,
): Readonly<Record<string, T>> {
  if (!isObject(value)) throw problem();
  const parts: [string, T][] = [];
  for (const [key, part] of Object.entries(value)) {
    if (!accepts(part)) throw problem();
    parts.push([key, part]);
  }
  return Object.fromEntries(parts);
}

function listOfTexts(value: unknown, problem: () => BlotterError): readonly string[] {
  if (!Array.isArray(value)) throw problem();
  const texts: string[] = [];
  for (const part of value) {
    if (typeof part !== "string") throw problem();
    texts.push(part);
  }
  return texts;
}
