import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { it } from "vitest";

/**
 * The brokers' exports and the figures of other projects are not part of this repository: they lie
 * in a folder named by BLOTTER_SHARED, by default `shared` beside the repository.
 */
const beside = fileURLToPath(new URL("../../../shared", import.meta.url));
const folder = resolve(process.env.BLOTTER_SHARED || beside);

export const hasShared = (part: string): boolean => existsSync(resolve(folder, part));

/** Text of a file in the folder, as it stands. */
export function readShared(path: string): string {
  return readFileSync(resolve(folder, path), "utf8");
}

/** Registers one test that says what could not be shown for want of data. */
export function leftOut(what: string, part: string): void {
  it(`leaves out ${what}: ${part} is not there (set BLOTTER_SHARED to its folder)`, () => {
    console.warn(`left out: ${what}, because ${resolve(folder, part)} is absent`);
  });
}
