import { invalid } from "./errors.js";
import { type AccountId, compareText, show } from "./ids.js";
import { type DecimalInput, type Money, parseMoney } from "./money.js";

/** What a note can hang on: facts, whose ids stay. Trades may be grouped anew by a late fill. */
export const ANNOTATION_TARGETS = ["order", "fill"] as const;
export type AnnotationTarget = (typeof ANNOTATION_TARGETS)[number];

/** What a person wrote on an order or a fill. */
export interface Annotation {
  readonly accountId: AccountId;
  readonly target: AnnotationTarget;
  readonly targetId: string;
  readonly note: string | null;
  /** Lower case, sorted, each once. */
  readonly tags: readonly string[];
  /** What the trade may lose by plan; positive. */
  readonly plannedRisk: Money | null;
  readonly checksum: string;
}

const TAG = /^[\p{L}\p{N}][\p{L}\p{N}_./:-]{0,49}$/u;
const LONGEST_NOTE = 10_000;
const MOST_TAGS = 50;

/** Tags in lower case, sorted, each once. @throws BlotterError `invalid` naming the tag that is none */
export function parseTags(tags: readonly string[]): readonly string[] {
  if (tags.length > MOST_TAGS) throw invalid(`at most ${MOST_TAGS} tags, were ${tags.length}`);
  for (const tag of tags) {
    if (typeof tag !== "string" || !TAG.test(tag.trim())) {
      throw invalid(`a tag must be 1-50 letters, digits or _ . / : -, was ${show(tag)}`);
    }
  }
  return [...new Set(tags.map((tag) => tag.trim().toLowerCase()))].sort(compareText);
}

/** @throws BlotterError `invalid` for an empty or overlong note */
export function parseNote(note: string): string {
  if (typeof note !== "string" || note.trim() === "" || note.length > LONGEST_NOTE) {
    throw invalid(`a note must be 1-${LONGEST_NOTE} characters, was ${show(note)}`);
  }
  return note;
}

/** @throws BlotterError `invalid` unless it is a positive amount */
export function parsePlannedRisk(risk: DecimalInput): Money {
  const money = parseMoney(risk, "planned risk");
  if (money <= 0) throw invalid(`planned risk must be positive, was ${show(risk)}`);
  return money;
}

/** True when nothing is written any more. */
export function isBlank({ note, tags, plannedRisk }: Annotation): boolean {
  return note === null && tags.length === 0 && plannedRisk === null;
}

/** The text behind an annotation's checksum: every field, in a fixed order. */
export function annotationFacts(annotation: Annotation): string {
  const { accountId, target, targetId, note, tags, plannedRisk } = annotation;
  return JSON.stringify([accountId, target, targetId, note, tags, plannedRisk]);
}
