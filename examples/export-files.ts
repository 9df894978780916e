import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { BlotterError, type FileFormat, fileFormat, type ImportFile } from "blotter";

/** Enough of a file to see its header, or the first rows of a JSON array. */
const HEAD_BYTES = 16_384;

/** What each export has and no other does. CSV: columns of the first line; JSON: fields of the first rows. */
const SIGNS: readonly (readonly [format: string, signs: readonly RegExp[]])[] = [
  ["topstepx-orders", [/^[^\n]*\bCreationDisposition\b/, /^[^\n]*\bExecutePrice\b/]],
  ["tradovate-fills", [/^[^\n]*\bB\/S\b/, /^[^\n]*\bFill ID\b/]],
  ["projectx-orders", [/^\s*[[{]/, /"contractId"\s*:/, /"fillVolume"\s*:|"limitPrice"\s*:/]],
  ["projectx-trades", [/^\s*[[{]/, /"contractId"\s*:/, /"orderId"\s*:/, /"price"\s*:/]],
];

/**
 * Which export a file is, by its content: its name says nothing.
 * @throws BlotterError `not_found` when it cannot be read, `invalid` when it is none that is understood
 */
export async function recogniseFormat(path: string): Promise<FileFormat> {
  const head = (await readHead(path)).replace(/^\uFEFF/, "");
  const found = SIGNS.find(([, signs]) => signs.every((sign) => sign.test(head)));
  if (found) return fileFormat(found[0]);
  const formats = SIGNS.map(([format]) => format).join(", ");
  const hint = /^[^\n]*\bEnteredAt\b/.test(head)
    ? " This is TopstepX's Trades export: Blotter needs the Orders export, and makes the trades itself."
    : "";
  throw new BlotterError("invalid", `${path} is none of ${formats}.${hint}`);
}

export function exportFile(path: string): ImportFile {
  return { name: path, open: () => createReadStream(path, { encoding: "utf8" }) };
}

async function readHead(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.toString("utf8", 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BlotterError("not_found", `cannot read ${path}: ${reason}`, { cause });
  }
}
