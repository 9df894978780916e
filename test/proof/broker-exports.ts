import { describe } from "vitest";
import type { OpenStore } from "./imported.js";
import { describeProjectX } from "./projectx-rows.js";
import { describeSameDay } from "./same-day.js";
import { hasShared, leftOut } from "./shared-data.js";
import { describeTopstep } from "./topstepx-exports.js";
import { describeTradovate } from "./tradovate-export.js";

/** Four accounts as their brokers exported them, against the brokers' own word of the outcome. */
export function describeBrokerExports(name: string, open: OpenStore): void {
  describeSameDay(name, open);
  describe(`real exports, on ${name}`, () => {
    if (!hasShared("broker-data")) {
      leftOut(
        "the brokers' own exports (topstepx-a, topstepx-b, tradovate-a, projectx)",
        "broker-data",
      );
      return;
    }
    describeTopstep(open, "topstepx-a", 136, 85, -1485.5);
    describeTopstep(open, "topstepx-b", 126, 326, 3346);
    describeTradovate(open);
    describeProjectX(open);
  });
}
