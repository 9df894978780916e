import { type Fill, NOT_MODELLED, parseFill } from "../../src/domain/fill.js";
import { MNQ } from "./order-reports.js";

/** A booked fill of order 1, so many minutes into the hour. */
export function fill(fillId: string, quantity: number, price: string, minute: number): Fill {
  const { voided: _, ...facts } = parseFill(
    {
      accountId: "A",
      fillId,
      orderId: "1",
      contract: "MNQU26",
      side: "BUY",
      quantity,
      price,
      executedAt: `2026-08-19T14:0${minute}:30Z`,
    },
    MNQ,
  );
  return { ...facts, ...NOT_MODELLED, state: "booked", checksum: "" };
}

/** What stands in for the fills of order 1, at their average. */
export function standIn(quantity: number, price: string): Fill {
  const of = fill("1", quantity, "10", 5);
  const { voided: _, ...facts } = parseFill(
    {
      accountId: of.accountId,
      fillId: "1",
      orderId: "1",
      contract: "MNQU26",
      side: "BUY",
      quantity,
      price,
      executedAt: "2026-08-19T14:05:00Z",
      standIn: true,
    },
    MNQ,
  );
  return { ...facts, ...NOT_MODELLED, state: "booked", checksum: "" };
}
