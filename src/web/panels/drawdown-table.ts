import type { Drawdowns } from "../../http/answer-rows.js";
import { tableOf } from "../charts/chart.js";
import { h, replaceChildren } from "../element.js";
import { dollars, number, percent } from "../format.js";
import { emptyNote, panel } from "./panel.js";

/** The deepest falls below a peak. */
export function drawdownTable() {
  const body = h("div", { class: "scroll" });
  return {
    element: panel("Deepest drawdowns", { name: "drawdowns" }, body),
    update({ worst }: Drawdowns): void {
      if (worst.length === 0) {
        replaceChildren(body, emptyNote("The balance was never below its peak."));
        return;
      }
      const rows = worst.map((fall) => [
        dollars(fall.depth),
        percent(fall.fraction),
        fall.start ?? "start",
        fall.bottom,
        fall.recovery ?? "not yet",
        number(fall.length),
      ]);
      replaceChildren(
        body,
        tableOf(["Depth", "Of peak", "Peak", "Bottom", "Recovered", "Days"], rows),
      );
    },
  };
}
