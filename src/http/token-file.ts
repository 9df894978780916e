import { randomBytes } from "node:crypto";
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { invalid } from "../domain/errors.js";
import { show } from "../domain/ids.js";

export interface TokenFile {
  readonly token: string;
  /** True when the file was made now. */
  readonly isNew: boolean;
}

/**
 * The token in a file; where there is no file, a new one of 256 bits that only its owner may read.
 *
 * @throws BlotterError `invalid` for a file that cannot be read, that others may read, or that is empty
 */
export async function tokenFrom(path: string): Promise<TokenFile> {
  const token = randomBytes(32).toString("base64url");
  try {
    await writeFile(path, `${token}\n`, { mode: 0o600, flag: "wx" });
    // The mode of writeFile is less what umask takes away, and no more.
    await chmod(path, 0o600);
    return { token, isNew: true };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw invalid(`cannot make the token file ${show(path)}: ${reasonOf(error)}`);
    }
  }
  return { token: await readToken(path), isNew: false };
}

async function readToken(path: string): Promise<string> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      throw invalid(`others may read the token file ${show(path)}: run chmod 600 on it`);
    }
    const token = (await readFile(path, "utf8")).trim();
    if (token === "")
      throw invalid(`the token file ${show(path)} is empty: remove it for a new one`);
    return token;
  } catch (error) {
    if (
      error instanceof Error &&
      "code" in error &&
      typeof error.code === "string" &&
      error.code.startsWith("E")
    ) {
      throw invalid(`cannot read the token file ${show(path)}: ${reasonOf(error)}`);
    }
    throw error;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
