import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

/** Makes a backup's manifest fit its changed bytes, as somebody who means harm would. */
export function reseal(file: string): void {
  const bytes = readFileSync(file);
  const manifest = JSON.parse(readFileSync(`${file}.json`, "utf8"));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  writeFileSync(`${file}.json`, JSON.stringify({ ...manifest, bytes: bytes.length, sha256 }));
}
