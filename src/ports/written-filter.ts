import type { DecimalInput } from "../domain/money.js";

/**
 * Narrows closed matches, trades and positions down by what people wrote. What is written on an order belongs to
 * every result that was entered or left by it, what is written on a fill to every result that the fill is in; what
 * is written on a stand-in also to the fills that replace it. What is left out, or an empty list, does not filter.
 */
export interface WrittenFilter {
  /** Results that carry one of these tags. */
  readonly tags?: readonly string[];
  /** Results with a note that has this text in it, upper and lower case alike. */
  readonly note?: string;
  /**
   * US dollars, from 0, both included: results whose planned risk is known and lies between them. It is what was
   * written on the entry order and its fills, else what that order's protective stop risks.
   */
  readonly minRisk?: DecimalInput;
  readonly maxRisk?: DecimalInput;
}
