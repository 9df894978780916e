import { describe, expect, it } from "vitest";
import { eventOf } from "../../src/brokers/projectx/row-reading.js";
import { parseGatewayEvent } from "../../src/brokers/projectx/stream.js";
import { malformedPayloads, seeded } from "../brokers/projectx/malformed-payloads.js";
import { booksOf } from "../properties/books.js";
import type { StoreKind } from "../stores.js";
import { Desk } from "./desk.js";

/** What makes no sense goes from the stream to quarantine, each with a reason, and leaves the books alone. */
export function describeMalformed(kind: StoreKind, payloads: number): void {
  describe(`${payloads} malformed payloads on ${kind.name}`, () => {
    it("are each in quarantine with a reason, and the books are as before", async () => {
      const open = await kind.open();
      try {
        const { blotter } = open;
        const desk = await Desk.open(blotter);
        await desk.fill(1, "1", "a", "buy 2 @ 20000");
        await desk.fill(2, "2", "b", "sell 1 @ 20001");
        const before = JSON.stringify(await booksOf(blotter));
        const seed = Date.now() % 2 ** 31;
        const outcomes = new Map<string, number>();
        const texts = new Map<string, number>();
        let waiting: Promise<void>[] = [];
        let count = 0;
        for (const { event, args, what } of malformedPayloads(seeded(seed))) {
          if (count === payloads) break;
          count += 1;
          const all = parseGatewayEvent(event, ...args);
          if (all.length === 0) expect.unreachable(`with seed ${seed}, ${event}: ${what} vanished`);
          for (const parsed of all) {
            const told = eventOf(parsed, "api");
            if (told.kind === "unreadable") {
              const { text } = told.input;
              texts.set(text, (texts.get(text) ?? 0) + 1);
            }
            waiting.push(
              blotter.intake.handle(told).then(({ outcome }) => {
                outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
              }),
            );
          }
          if (waiting.length < 5_000) continue;
          await Promise.all(waiting);
          waiting = [];
        }
        await Promise.all(waiting);
        const told = [...texts.values()].reduce((sum, n) => sum + n, 0);
        expect([...outcomes], `with seed ${seed}`).toEqual([["quarantined", told]]);
        const entries = await blotter.quarantine.list();
        expect(entries.length).toBeLessThanOrEqual(texts.size);
        expect(entries.reduce((sum, entry) => sum + entry.count, 0)).toBe(told);
        const unclear = entries.filter(({ message: { length } }) => length === 0 || length > 400);
        expect(unclear).toEqual([]);
        expect(JSON.stringify(await booksOf(blotter))).toBe(before);
      } finally {
        await open.dispose();
      }
    });
  });
}
