import { BlotterError } from "../errors.js";
import { show } from "../ids.js";
import { FIRM_PRESETS } from "./firm-presets.js";
import type { PresetDocuments } from "./preset-documents.js";
import { TOPSTEP_PRESETS } from "./topstep-presets.js";

/** The rule sets that come with Blotter. Firms change their rules: compare the sources before relying on one. */
export const PRESETS: PresetDocuments = {
  ...TOPSTEP_PRESETS,
  ...FIRM_PRESETS,
  // Ends the rules of an account from a day on.
  none: {
    firm: "No firm",
    program: "no limits",
    stage: "practice",
    version: "1",
    sources: { "": "nothing is limited" },
  },
};

/** @throws BlotterError `not_found` */
export function presetDocument(name: string): object {
  const found = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined;
  if (found) return found;
  throw new BlotterError(
    "not_found",
    `no rule set named ${show(name)}: "blotter rules list" shows them all`,
  );
}
