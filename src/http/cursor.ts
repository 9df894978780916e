import { z } from "zod";
import type { PagePlace } from "../ports/queries.js";
import { Problem } from "./problem.js";

const CURSOR = z.strictObject({
  /** The list, its order and direction: a cursor of another one makes no sense. */
  list: z.string().max(100),
  key: z.array(z.union([z.int(), z.string().max(100)])).max(8),
  accountId: z.string().min(1).max(64),
});

/** A place in a list as an opaque text. It holds nothing secret, and every value is checked when it comes back. */
export function writeCursor(list: string, { key, accountId }: PagePlace): string {
  return Buffer.from(JSON.stringify({ list, key, accountId })).toString("base64url");
}

/** @throws Problem 400 for a text that is no cursor of this list */
export function readCursor(list: string, cursor: string): PagePlace {
  const found = CURSOR.safeParse(parsed(cursor));
  if (!found.success) throw new Problem(400, "cursor: is none that this server made");
  if (found.data.list !== list) throw new Problem(400, "cursor: is of another list or order");
  const { key, accountId } = found.data;
  return { key, accountId };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
