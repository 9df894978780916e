import type { ComplianceRow } from "../../http/answer-rows.js";
import { h, replaceChildren } from "../element.js";
import { clock } from "../format.js";
import { emptyNote, panel } from "./panel.js";

/** What the rules found, newest first. */
export function complianceList() {
  const body = h("div");
  return {
    element: panel("Compliance", { name: "compliance" }, body),
    update(events: readonly ComplianceRow[]): void {
      if (events.length === 0) {
        replaceChildren(body, emptyNote("The rules have found nothing."));
        return;
      }
      const items = [...events]
        .reverse()
        .map((event) =>
          h(
            "li",
            {},
            h("span", { class: `tag severity-${event.severity}` }, event.severity),
            h("span", {}, event.message),
            h("time", { class: "muted small", datetime: event.timestamp }, clock(event.timestamp)),
          ),
        );
      replaceChildren(body, h("ol", { class: "events" }, ...items));
    },
  };
}
