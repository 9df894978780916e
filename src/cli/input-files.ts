import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { BlotterError, invalid } from "../domain/errors.js";
import { show } from "../domain/ids.js";
import type { ImportFile } from "../ports/services.js";

/** A file as UTF-8 text; `-` is stdin, kept in memory because an import may read it twice. */
export async function inputFile(
  path: string,
  stdin: () => AsyncIterable<string | Uint8Array>,
): Promise<ImportFile> {
  if (path === "-") {
    const chunks = await readAll(stdin());
    return { name: "stdin", open: () => replay(chunks) };
  }
  await requireFile(path);
  return { name: path, open: () => createReadStream(path, { encoding: "utf8" }) };
}

/** The whole of a file. @throws as `inputFile` */
export async function fileText(
  path: string,
  stdin: () => AsyncIterable<string | Uint8Array>,
): Promise<string> {
  const parts: string[] = [];
  for await (const part of (await inputFile(path, stdin)).open()) parts.push(part);
  return parts.join("");
}

/** @throws BlotterError `invalid` for what cannot be read, before a store is opened for it */
async function requireFile(path: string): Promise<void> {
  const isFolder = await access(path, constants.R_OK)
    .then(async () => (await stat(path)).isDirectory())
    .catch((error: unknown) => {
      throw invalid(`cannot read ${show(path)}: ${reasonOf(error)}`);
    });
  if (isFolder) throw invalid(`cannot read ${show(path)}: it is a folder; name the files in it`);
}

/** @throws BlotterError `not_found` for a folder that a person named and that is not there */
export async function requireFolder(path: string): Promise<void> {
  const isFolder = await stat(path)
    .then((found) => found.isDirectory())
    .catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") {
        throw new BlotterError("not_found", `there is no folder ${show(path)}`);
      }
      throw invalid(`cannot read ${show(path)}: ${reasonOf(error)}`);
    });
  if (!isFolder) throw invalid(`${show(path)} is no folder`);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES") return "its permissions forbid it";
  return error instanceof Error ? error.message : String(error);
}

async function readAll(stdin: AsyncIterable<string | Uint8Array>): Promise<readonly string[]> {
  const decoder = new TextDecoder();
  const chunks: string[] = [];
  for await (const chunk of stdin) {
    chunks.push(typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }));
  }
  chunks.push(decoder.decode());
  return chunks;
}

async function* replay(chunks: readonly string[]): AsyncIterable<string> {
  yield* chunks;
}
