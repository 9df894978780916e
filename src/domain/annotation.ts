import type { AccountId } from "./ids.js";
import type { Money } from "./money.js";

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
