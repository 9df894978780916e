import { z } from "zod";

/** The values of rows, as `domain/plain.ts` makes them. */
export const money = () => z.number().describe("US dollars");
export const price = () => z.number().describe("Points");
export const time = () => z.string().describe("ISO-8601 instant in UTC");
export const tradingDay = () => z.string().describe("Trading day, YYYY-MM-DD");
export const id = () => z.string();
export const count = () => z.int();
