import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import {
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rm,
  unlink,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { type BackupManifest, backupName } from "../domain/backup.js";
import { manifestText, parseManifest } from "../domain/backup-manifest.js";
import { BlotterError, invalid } from "../domain/errors.js";
import { show } from "../domain/ids.js";
import type { BackupFolder, Draft, ListedBackup, RestoreProgress } from "../ports/backup.js";
import { isRunning, syncDirectory, syncFile } from "./files.js";

const MANIFEST_ENDING = ".json";
const COMPRESSED_ENDING = ".gz";
const DRAFT = /^\.draft-(\d+)-[0-9a-f-]+$/;
const MANIFEST_BYTES_MAX = 1_000_000;

/**
 * Backups as files of one folder: `NAME` and `NAME.json` beside it. A backup is there once both are, and the
 * manifest gets its name first. Links are refused: a name stands for the bytes under it and no others.
 */
export class BackupDirectory implements BackupFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  async draft(): Promise<Draft> {
    try {
      await makeFolder(this.path);
      await this.#removeOldDrafts();
      const path = join(await realpath(this.path), `.draft-${process.pid}-${randomUUID()}`);
      await writeFile(path, "", { flag: "wx", mode: 0o600 });
      return { path };
    } catch (error) {
      throw notWritable(this.path, error);
    }
  }

  async #removeOldDrafts(): Promise<void> {
    for (const name of await readdir(this.path)) {
      const owner = Number(DRAFT.exec(name)?.[1] ?? process.pid);
      if (!isRunning(owner)) await removeDraft(join(this.path, name));
    }
  }

  async keep(
    draft: Draft,
    told: Omit<BackupManifest, "bytes" | "sha256">,
    compress: boolean,
  ): Promise<BackupManifest> {
    const file = compress ? `${draft.path}${COMPRESSED_ENDING}` : draft.path;
    const sheet = `${draft.path}${MANIFEST_ENDING}`;
    const place = this.#place(told.name);
    try {
      if (compress) await compressed(draft.path, file);
      await syncFile(file);
      const manifest = { ...told, ...(await measured(file)) };
      await writeFile(sheet, manifestText(manifest), { flag: "wx", mode: 0o600 });
      await syncFile(sheet);
      // A link never replaces a file that is there, which a rename would.
      await link(sheet, `${place}${MANIFEST_ENDING}`);
      await link(file, place).catch(async (error: unknown) => {
        await unlink(`${place}${MANIFEST_ENDING}`);
        throw error;
      });
      await syncDirectory(this.path);
      return manifest;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw notWritable(this.path, error);
      const message = `a backup named ${told.name} exists in ${this.path}`;
      throw new BlotterError("conflict", message, { cause: error });
    } finally {
      await this.discard(draft);
    }
  }

  async discard(draft: Draft): Promise<void> {
    await removeDraft(draft.path);
  }

  async list(): Promise<readonly ListedBackup[]> {
    const names = await namesIn(this.path);
    const found: ListedBackup[] = [];
    for (const name of names) {
      if (name.startsWith(".") || !names.includes(`${name}${MANIFEST_ENDING}`)) continue;
      found.push(await this.#listed(name));
    }
    return found;
  }

  async #listed(name: string): Promise<ListedBackup> {
    try {
      return { name, manifest: await this.manifest(name), problem: null };
    } catch (error) {
      if (!(error instanceof BlotterError)) throw error;
      return { name, manifest: null, problem: error.message };
    }
  }

  async remove(name: string): Promise<void> {
    const place = this.#place(name);
    await rm(place, { force: true });
    await rm(`${place}${MANIFEST_ENDING}`, { force: true });
    await syncDirectory(this.path);
  }

  async manifest(nameOrPath: string): Promise<BackupManifest> {
    const place = this.#find(nameOrPath);
    await requireFile(place, "no backup");
    const sheet = `${place}${MANIFEST_ENDING}`;
    const { size } = await requireFile(sheet, "a backup without its manifest cannot be proved: no");
    if (size > MANIFEST_BYTES_MAX) throw new BlotterError("corrupt", `${sheet} is no manifest`);
    return parseManifest(await readFile(sheet, "utf8"), basename(place));
  }

  async unpack(
    nameOrPath: string,
    manifest: BackupManifest,
    file: string,
    onProgress: (progress: RestoreProgress) => void = () => undefined,
  ): Promise<void> {
    const place = this.#find(nameOrPath);
    const { bytes: total } = manifest;
    const tell = (step: RestoreProgress["step"]) => (done: number) =>
      onProgress({ step, done, total });
    const problem = await this.#problem(place, manifest, tell("reading"));
    if (problem !== null) throw new BlotterError("corrupt", problem);
    const target = createWriteStream(file, { flags: "r+" });
    const source = counted(createReadStream(place), tell("unpacking"));
    if (place.endsWith(COMPRESSED_ENDING)) await pipeline(source, createGunzip(), target);
    else await pipeline(source, target);
    await syncFile(file);
  }

  async problem(manifest: BackupManifest): Promise<string | null> {
    return this.#problem(this.#place(manifest.name), manifest);
  }

  async #problem(
    place: string,
    { bytes, sha256 }: BackupManifest,
    onBytes?: (bytes: number) => void,
  ): Promise<string | null> {
    await requireFile(place, "no backup");
    const found = await measured(place, onBytes);
    if (found.bytes !== bytes) return `${place} has ${found.bytes} bytes instead of ${bytes}`;
    return found.sha256 === sha256 ? null : `${place} is damaged: its checksum differs`;
  }

  #place(name: string): string {
    return join(this.path, backupName(name));
  }

  /** A name lies in this folder; a text with a slash is the path of a file that a person chose. */
  #find(nameOrPath: string): string {
    if (!/[/\\]/.test(nameOrPath)) return this.#place(nameOrPath);
    const path = resolve(nameOrPath);
    backupName(basename(path));
    return path;
  }
}

/** One folder and none above it: a mistyped path makes no tree. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === "EEXIST") return;
    const parent = dirname(path);
    // ENOENT is also how a system says that nothing can be made in a folder, as in /proc.
    const missing = codeOf(error) === "ENOENT" && !(await isThere(parent));
    const why = missing ? `there is no folder ${parent}` : String(error);
    throw new BlotterError("unavailable", `cannot make ${path}: ${why}`, { cause: error });
  }
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw unreadable(folder, error);
  }
}

async function requireFile(path: string, missing: string): Promise<{ readonly size: number }> {
  const found = await lstat(path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") {
      throw new BlotterError("not_found", `${missing} ${show(path)}: see blotter backups`);
    }
    throw unreadable(path, error);
  });
  if (found.isSymbolicLink()) throw invalid(`${show(path)} is a link: name the file itself`);
  if (!found.isFile()) throw invalid(`${show(path)} is no file`);
  return found;
}

/** The bytes of a stream, told of as they come. */
async function* counted(
  stream: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    yield chunk;
    onBytes(bytes);
  }
}

async function measured(
  path: string,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<{ bytes: number; sha256: string }> {
  const digest = createHash("sha256");
  let bytes = 0;
  for await (const chunk of counted(createReadStream(path), onBytes)) {
    digest.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: digest.digest("hex") };
}

async function compressed(from: string, to: string): Promise<void> {
  const file = await open(to, "wx", 0o600);
  await pipeline(createReadStream(from), createGzip(), file.createWriteStream());
}

/** A draft and what grew beside it. */
async function removeDraft(path: string): Promise<void> {
  for (const ending of ["", COMPRESSED_ENDING, MANIFEST_ENDING, "-journal", "-wal", "-shm"]) {
    await rm(join(dirname(path), `${basename(path)}${ending}`), { force: true });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function unreadable(path: string, cause: unknown): BlotterError {
  return new BlotterError("unavailable", `cannot read ${path}: ${String(cause)}`, { cause });
}

function notWritable(path: string, cause: unknown): BlotterError {
  if (cause instanceof BlotterError) return cause;
  return new BlotterError("unavailable", `cannot write to ${path}: ${String(cause)}`, { cause });
}
