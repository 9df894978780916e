import { type FileHandle, link, lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { BlotterError, invalid } from "../domain/errors.js";
import { show } from "../domain/ids.js";

/**
 * Writes a new file whole or not at all: it has another name until it is finished, is readable by its owner alone,
 * and takes the place of a file that is there only with `replace`.
 * @throws BlotterError `invalid` for a path that climbs; `conflict` for a file that is there; `unavailable`
 */
export async function writeNewFile(
  path: string,
  replace: boolean,
  fill: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const target = checkedPath(path);
  await requirePlace(target, replace);
  const part = join(dirname(target), `.${basename(target)}.part-${process.pid}`);
  const file = await writing(path, () => open(part, "wx", 0o600));
  try {
    await fill((text) => writing(path, () => writeAll(file, text)));
    await writing(path, () => file.sync());
    // A link never replaces what appeared meanwhile, which a rename would.
    await writing(path, () => (replace ? rename(part, target) : link(part, target)));
  } finally {
    await file.close();
    await rm(part, { force: true });
  }
}

/** A path that a script put together may climb out of the folder it was meant for. */
function checkedPath(path: string): string {
  if (path.includes("\u0000") || path.split(/[/\\]/).includes("..")) {
    throw invalid(`${show(path)} climbs out of a folder with "..": name the folder itself`);
  }
  return resolve(path);
}

async function requirePlace(target: string, replace: boolean): Promise<void> {
  const found = await lstat(target).catch(() => null);
  if (found === null) return;
  if (!found.isFile()) throw invalid(`${show(target)} is no file that could be replaced`);
  if (!replace) throw fileExists(target);
}

function fileExists(path: string, cause?: unknown): BlotterError {
  return new BlotterError("conflict", `${show(path)} exists: --force replaces it`, { cause });
}

async function writeAll(file: FileHandle, text: string): Promise<void> {
  await file.writeFile(text);
}

async function writing<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "EEXIST") throw fileExists(path, cause);
    const why = code === "ENOENT" ? "there is no such folder" : String(cause);
    throw new BlotterError("unavailable", `cannot write ${show(path)}: ${why}`, { cause });
  }
}
