import { h } from "../element.js";
import { dollars } from "../format.js";

export interface GaugeInput {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
  readonly violated: boolean;
  /** What is left, in words. */
  readonly room: string;
}

const STEPS = 20;

/** How much of a limit is used up: full is broken. */
export function gauge({ name, used, limit, violated, room }: GaugeInput): HTMLElement {
  const fraction = limit > 0 ? Math.min(1, Math.max(0, used / limit)) : 0;
  const level = violated || fraction >= 0.9 ? "high" : fraction >= 0.6 ? "middle" : "low";
  // Widths are classes: a style attribute would need what the page's policy forbids.
  const filled = violated ? STEPS : Math.ceil(fraction * STEPS);
  return h(
    "div",
    { class: "gauge" },
    h("div", { class: "gauge-head" }, h("span", {}, name), h("span", { class: "num" }, room)),
    h(
      "div",
      {
        class: "gauge-track",
        role: "meter",
        "aria-label": `${name} used`,
        "aria-valuemin": 0,
        "aria-valuemax": limit,
        "aria-valuenow": Math.min(limit, Math.max(0, used)),
        "aria-valuetext": violated ? `broken, ${room}` : `${dollars(used)} used, ${room}`,
      },
      h("div", { class: `gauge-fill ${level} fill-${filled}` }),
    ),
  );
}
