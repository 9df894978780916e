import type { Fill, FillContent, FillReport } from "./fill.js";
import { type AccountId, type FillId, fillKey } from "./ids.js";

const EXECUTION_FIELDS = [
  "orderId",
  "contractId",
  "side",
  "quantity",
  "price",
  "executedAt",
] as const;
/** Fields that may be unknown at first and become known later. */
const LATE_FIELDS = ["commission", "fee", "brokerPnl"] as const;

/** The fields in which a report contradicts what is stored; an unknown field contradicts nothing. */
export function contradictions(
  stored: Partial<FillContent>,
  report: Partial<FillContent>,
): readonly string[] {
  return [...EXECUTION_FIELDS, ...LATE_FIELDS].filter((field) => {
    const [a, b] = [stored[field] ?? null, report[field] ?? null];
    return a !== null && b !== null && a !== b;
  });
}

/** True when the stored content tells everything that the report does. */
export function tellsAll(stored: Partial<FillContent>, report: Partial<FillContent>): boolean {
  return [...EXECUTION_FIELDS, ...LATE_FIELDS].every(
    (field) => (report[field] ?? null) === null || stored[field] === report[field],
  );
}

/** One telling of a fill: the first, a correction, or its end. Every version is kept. */
export interface FillVersion {
  readonly accountId: AccountId;
  readonly fillId: FillId;
  readonly standIn: boolean;
  readonly revision: number;
  readonly kind: "original" | "correction" | "void";
  /** What this version tells; the rest is null. */
  readonly content: Partial<FillContent>;
  readonly reason: string | null;
  readonly source: string;
}

export interface FoldedFill {
  readonly content: Partial<FillContent>;
  readonly revision: number;
  readonly voided: boolean;
}

/**
 * What all versions together say: for each field the highest revision that knows it, void if any version
 * is a void. The order in which versions came does not matter.
 */
export function foldVersions(versions: readonly FillVersion[]): FoldedFill {
  const byRevision = [...versions].sort((a, b) => a.revision - b.revision);
  const content: Partial<FillContent> = {};
  let revision = 0;
  for (const version of byRevision) {
    Object.assign(content, known(version.content));
    if (version.kind !== "void") revision = Math.max(revision, version.revision);
  }
  return { content, revision, voided: versions.some((v) => v.kind === "void") };
}

function known(content: Partial<FillContent>): Partial<FillContent> {
  return Object.fromEntries(
    Object.entries(content).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** True when the content has all that a booked fill needs. */
export function isComplete(content: Partial<FillContent>): content is FillContent {
  return EXECUTION_FIELDS.every((field) => content[field] !== undefined && content[field] !== null);
}

/** A void is final; else the report must add nothing and contradict nothing. */
export function isKnown(stored: Fill, report: FillReport): boolean {
  if (stored.state === "void") return true;
  return !report.voided && report.revision <= stored.revision && tellsAll(stored, report);
}

export function versionOf(report: FillReport): FillVersion {
  const { accountId, fillId, standIn, revision, voided, source } = report;
  const kind = voided ? "void" : revision > 0 ? "correction" : "original";
  const content = contentOf(report);
  return { accountId, fillId, standIn, revision, kind, content, reason: null, source };
}

export function originalOf(fill: Fill): FillVersion {
  return versionOf({ ...fill, voided: false });
}

function contentOf(fill: FillContent): FillContent {
  const { orderId, contractId, symbol, root, side, quantity, price } = fill;
  const { commission, fee, executedAt, brokerPnl } = fill;
  return {
    orderId,
    contractId,
    symbol,
    root,
    side,
    quantity,
    price,
    commission,
    fee,
    executedAt,
    brokerPnl,
  };
}

/** Two tellings of one revision must agree. */
export function conflictWith(
  versions: readonly FillVersion[],
  version: FillVersion,
): readonly string[] {
  if (version.kind === "void") return [];
  return versions
    .filter((known) => known.kind !== "void" && known.revision === version.revision)
    .flatMap((known) => contradictions(known.content, version.content));
}

export function repeats(known: FillVersion, version: FillVersion): boolean {
  if (version.kind === "void" || known.kind === "void") {
    return known.kind === version.kind && tellsAll(known.content, version.content);
  }
  return known.revision === version.revision && tellsAll(known.content, version.content);
}

/** What a new telling did to a fill that was told before. */
export type RetoldOutcome = "recorded" | "changed" | "corrected" | "voided";

export function outcomeOf(version: FillVersion, known: readonly FillVersion[]): RetoldOutcome {
  if (version.kind === "void" || known.some((v) => v.kind === "void")) return "voided";
  const newest = Math.max(-1, ...known.map((v) => v.revision));
  if (known.every((v) => v.kind === "correction") && version.kind === "original") return "recorded";
  return version.revision > newest ? "corrected" : "changed";
}

export function nextFill(
  stored: Fill | null,
  version: FillVersion,
  content: FillContent,
  revision: number,
  voided: boolean,
): Fill {
  const { accountId, fillId, standIn, source } = version;
  return {
    accountId,
    fillId,
    fillKey: fillKey(fillId, standIn),
    standIn,
    source: stored?.source ?? source,
    origin: stored?.origin ?? "broker",
    ...contentOf({ ...content, ...nullsFor(content) }),
    revision,
    state: voided ? "void" : (stored?.state ?? "booked"),
    checksum: "",
  };
}

/** Folded content leaves unknown fields out; a row has them as null. */
function nullsFor(content: FillContent): Pick<FillContent, "commission" | "fee" | "brokerPnl"> {
  const { commission = null, fee = null, brokerPnl = null } = content;
  return { commission, fee, brokerPnl };
}
