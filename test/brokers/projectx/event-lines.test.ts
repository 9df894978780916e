import { describe, expect, it } from "vitest";
import { parseGatewayEvent } from "../../../src/brokers/projectx/stream.js";
import { eventsIn, readAll } from "../read-all.js";
import { orderRow, positionRow, tradeRow } from "./rows.js";

const line = (event: string, payload: unknown) => JSON.stringify({ event, payload });
const read = (...lines: readonly string[]) => readAll("projectx-events", lines.join("\n"));

const SAID: readonly (readonly [string, unknown])[] = [
  ["GatewayUserAccount", { action: 1, data: { id: 900, name: "PRAC-V2-1-2", balance: 5 } }],
  ["GatewayUserOrder", { action: 0, data: orderRow() }],
  ["GatewayUserTrade", { action: 0, data: tradeRow() }],
  ["GatewayUserTrade", [tradeRow({ id: 3000000002 }), tradeRow({ id: 3000000003 })]],
];

describe("a file of the user hub's events", () => {
  it("tells what the live stream would have told", async () => {
    const rows = await read(...SAID.map(([event, payload]) => line(event, payload)));
    const live = SAID.flatMap(([event, payload]) => parseGatewayEvent(event, payload));
    expect(eventsIn(rows)).toEqual(live.map((parsed) => ("event" in parsed ? parsed.event : null)));
    expect(rows.map(({ row, problem }) => [row, problem])).toEqual(
      [1, 2, 3, 4, 4].map((row) => [row, null]),
    );
  });

  it("may end its lines in any way, begin with a mark, and have empty ones", async () => {
    const [event, payload] = ["GatewayUserTrade", tradeRow()] as const;
    const text = `\uFEFF${line(event, payload)}\r\n\r\n  \n${line(event, payload)}`;
    for (const size of [1, 7, 100_000]) {
      const rows = await readAll("projectx-events", text, size);
      expect(rows.map(({ row, problem }) => [row, problem])).toEqual([
        [1, null],
        [4, null],
      ]);
    }
  });

  it("leaves out what is no fact", async () => {
    const rows = await read(
      line("GatewayUserPosition", { action: 1, data: positionRow() }),
      line("GatewayTrade", [{ price: 1 }]),
      line("GatewayUserTrade", tradeRow()),
    );
    expect(rows.map(({ row }) => row)).toEqual([3]);
  });

  it("makes a bad line a problem and reads on", async () => {
    const good = line("GatewayUserTrade", tradeRow());
    const rows = await read(
      '{"event":"GatewayUserTrade","payl',
      good,
      "not at all",
      "7",
      '{"payload":{}}',
      '{"event":"GatewayUserTrade"}',
      line("GatewayUserDream", { id: 1 }),
      line("GatewayUserTrade", [tradeRow(), tradeRow({ size: -2 })]),
      good,
    );
    expect(rows.map(({ row, problem }) => [row, problem?.column, problem?.message])).toEqual([
      [1, null, 'no JSON object, it begins "{\\"event\\":\\"GatewayUserTrade\\",\\"payl"'],
      [2, undefined, undefined],
      [3, null, 'no JSON object, it begins "not at all"'],
      [4, null, 'no JSON object, it begins "7"'],
      [5, "event", "event must be a name, was undefined"],
      [6, "payload", "payload is missing"],
      [7, "event", "unknown event GatewayUserDream"],
      [8, undefined, undefined],
      [8, "size", "size must be a positive number of contracts, was -2"],
      [9, undefined, undefined],
    ]);
    expect(rows[2]?.text).toBe("not at all");
    expect(rows[8]?.text).toBe(JSON.stringify(tradeRow({ size: -2 })));
  });

  it("keeps a damaged line as text that every store takes", async () => {
    const [row] = await read("\u0000\ud800 broken", line("GatewayUserTrade", tradeRow()));
    expect(row?.text).toBe("\\u0000\\ud800 broken");
  });

  it.each([
    ["", "it is empty"],
    [" \n\n", "it is empty"],
    [JSON.stringify([tradeRow()]), /this is JSON: import Order\/search rows as projectx-orders/],
    ['{"orders":[],"success":true}', /its lines have \["orders","success"\] instead of event/],
    ["_id,_orderId,_action\n1,2,Buy", /this is Tradovate's Fills export: import it as tradovate/],
  ])("%j is refused as a whole", async (text, message) => {
    await expect(readAll("projectx-events", text, 100)).rejects.toThrow(message);
  });

  it("is refused when a line has no end", async () => {
    const text = `${line("GatewayUserTrade", tradeRow())}\n${"x".repeat(16_000_001)}`;
    await expect(readAll("projectx-events", text, 1_000_000)).rejects.toThrow(
      "line 2 has no end after 16000000 characters",
    );
  });

  it.each(["projectx-orders", "projectx-trades"])("is not taken for %s", async (format) => {
    await expect(readAll(format, line("GatewayUserTrade", tradeRow()))).rejects.toThrow(
      "its lines are events of the hub: import it as projectx-events",
    );
  });
});
