import { describe, expect, it } from "vitest";
import { Handoff } from "../../src/transfer/handoff.js";

const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a handoff", () => {
  it("hands every value over, in order, and the giver never runs far ahead", async () => {
    const handoff = new Handoff<number>();
    let put = 0;
    let ahead = 0;
    const giving = (async () => {
      for (let i = 0; i < 100; i += 1) {
        await handoff.put(i);
        put += 1;
      }
      handoff.end();
    })();
    const taken: number[] = [];
    for await (const value of handoff.taken()) {
      taken.push(value);
      if (value % 10 === 0) await soon();
      ahead = Math.max(ahead, put - taken.length);
    }
    await giving;
    expect(taken).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(ahead).toBeLessThanOrEqual(4);
  });

  it("tells the giver that the taker failed, and the taker that the giver did", async () => {
    const handoff = new Handoff<number>();
    const giving = (async () => {
      for (;;) await handoff.put(1);
    })();
    await soon();
    handoff.fail(new Error("no room"));
    await expect(giving).rejects.toThrow("no room");
    await expect(handoff.taken().next()).rejects.toThrow("no room");
  });
});
