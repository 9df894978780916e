import { type Annotation, parseNote, parseTags } from "../domain/annotation.js";
import { invalid } from "../domain/errors.js";
import { type AccountId, show } from "../domain/ids.js";
import { type DecimalInput, type Money, parseMoney } from "../domain/money.js";
import type { RiskRange } from "../domain/performance/planned-risk.js";
import type { WrittenPlaces, WrittenQuery } from "../ports/performance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { WrittenFilter } from "../ports/written-filter.js";
import { annotationKey, placesByAnnotation, reachOf } from "./written-places.js";

/** A filter by what was written, checked; null does not filter. */
export interface AskedWritten {
  readonly tags: ReadonlySet<string> | null;
  readonly note: string | null;
  readonly risk: RiskRange | null;
}

/** Null when the filter asks for nothing. @throws BlotterError `invalid` for what cannot be */
export function parseWritten(filter: WrittenFilter): AskedWritten | null {
  const tags = filter.tags?.length ? new Set(parseTags(filter.tags)) : null;
  const note = filter.note === undefined ? null : comparable(parseNote(filter.note));
  const risk = parseRisk(filter);
  return tags === null && note === null && risk === null ? null : { tags, note, risk };
}

function parseRisk({ minRisk, maxRisk }: WrittenFilter): RiskRange | null {
  if (minRisk === undefined && maxRisk === undefined) return null;
  const [min, max] = [parseAmount(minRisk, "least"), parseAmount(maxRisk, "most")];
  if (min !== null && max !== null && min > max) {
    throw invalid(
      `the least planned risk ${show(minRisk)} is above the most, which is ${show(maxRisk)}`,
    );
  }
  return { min, max };
}

function parseAmount(input: DecimalInput | undefined, which: string): Money | null {
  if (input === undefined) return null;
  const amount = parseMoney(input, `the ${which} planned risk`);
  if (amount < 0)
    throw invalid(`the ${which} planned risk must not be below 0, was ${show(input)}`);
  return amount;
}

/** The same text however its letters are cased or put together. */
const comparable = (text: string): string => text.normalize("NFC").toLowerCase();

/** What the closed rows of one account are asked for. */
export async function writtenQuery(
  accountId: AccountId,
  { tags, note, risk }: AskedWritten,
  repos: ReadRepositories,
): Promise<WrittenQuery> {
  const asked: ((annotation: Annotation) => boolean)[] = [];
  if (tags !== null) asked.push((written) => written.tags.some((tag) => tags.has(tag)));
  if (note !== null) asked.push((written) => comparable(written.note ?? "").includes(note));
  return {
    ...(asked.length > 0 && { written: await writtenPlaces(accountId, asked, repos) }),
    ...(risk !== null && { risk }),
  };
}

/** Where annotations hang of which something holds, for each of what is asked. */
async function writtenPlaces(
  accountId: AccountId,
  asked: readonly ((annotation: Annotation) => boolean)[],
  repos: ReadRepositories,
): Promise<readonly WrittenPlaces[]> {
  const annotations = await repos.annotations.list(accountId);
  const places = await placesByAnnotation(accountId, repos);
  return asked.map((holds) => {
    const reaches = annotations
      .filter(holds)
      .flatMap((annotation) => places.get(annotationKey(annotation)) ?? [])
      .flatMap(reachOf);
    return {
      orders: reaches.flatMap(({ fillKey, orderId }) => (fillKey === null ? orderId : [])),
      fills: reaches.flatMap(({ fillKey, orderId }) =>
        fillKey === null ? [] : { fillKey, orderId },
      ),
    };
  });
}
