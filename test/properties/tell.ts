import { expect } from "vitest";
import type { Blotter } from "../../src/index.js";
import { finalFills, type Telling } from "../oracle/fold-oracle.js";
import { compareFillIds, isoOf } from "../oracle/oracle-fill.js";
import { type Delivery, revisionInput } from "./deliveries.js";

/** Hands a message over; none of a world's messages contradicts another. */
export async function deliver(blotter: Blotter, message: Delivery): Promise<void> {
  const { outcome } = await tell(blotter, message);
  expect(outcome, JSON.stringify(message)).not.toBe("quarantined");
}

function tell({ orders }: Blotter, message: Delivery) {
  switch (message.kind) {
    case "order":
      return orders.recordOrder(message.input);
    case "fill":
      return orders.recordFill(message.input);
    case "correction":
      return orders.correctFill(message.input);
    case "void":
      return orders.voidFill(message.input);
  }
}

/** What a story says of fills, as the oracle reads it. */
export const tellings = (story: readonly Delivery[]): readonly Telling[] =>
  story.flatMap((message) => (message.kind === "order" ? [] : [message.told]));

/** The final facts only: each order's reports as they were made, then each fill once. */
export async function deliverCleanly(blotter: Blotter, story: readonly Delivery[]): Promise<void> {
  const reports = story.flatMap((message) => (message.kind === "order" ? [message.input] : []));
  const updated = (input: (typeof reports)[number]) => String(input.updatedAt);
  for (const input of reports.sort((a, b) => (updated(a) < updated(b) ? -1 : 1))) {
    await blotter.orders.recordOrder(input);
  }
  const contracts = new Map(
    reports.map((r) => [JSON.stringify([r.accountId, r.orderId]), r.contract]),
  );
  const fills = [...finalFills(tellings(story))].sort(
    (a, b) => a.facts.executedAt - b.facts.executedAt || compareFillIds(a.fillId, b.fillId),
  );
  for (const { accountId, fillId, revision, facts } of fills) {
    await blotter.orders.recordFill({
      accountId,
      fillId,
      ...facts,
      contract: contracts.get(JSON.stringify([accountId, facts.orderId])) ?? "",
      executedAt: isoOf(facts.executedAt),
      revision: revisionInput(revision),
    });
  }
}
