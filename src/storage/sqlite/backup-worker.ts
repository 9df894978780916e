import { closeSync, fdatasyncSync, openSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { type BackupContent, contentDifferences } from "../../domain/backup.js";
import { BlotterError } from "../../domain/errors.js";
import { openReader } from "./connection.js";
import { checkedCopy } from "./copy-check.js";
import { translateSqliteError } from "./errors.js";
import { contentOf } from "./snapshot-content.js";

/** What the worker is asked for, and how it answers. */
export type BackupJob =
  | { readonly kind: "copy"; readonly store: string; readonly file: string }
  | { readonly kind: "check"; readonly file: string };

export type BackupAnswer =
  | { readonly content: BackupContent }
  | { readonly code: BlotterError["code"] | null; readonly message: string };

const PAGES_PER_STEP = 256;
const PAUSE_MS = 10;
/** With pages of 4 KB: the disk's queue stays short, so that the bot's own commits do not wait behind it. */
const STEPS_PER_SYNC = 4;

/**
 * Copies from a connection that holds a read transaction: without it the copy would begin anew at every commit
 * of another connection, and never end.
 */
async function copy(store: string, file: string): Promise<BackupContent> {
  const source = openReader(store);
  try {
    source.exec("begin");
    const pinned = contentOf(source);
    const target = openSync(file, "r+");
    let steps = 0;
    try {
      await source.backup(file, {
        progress: () => {
          steps += 1;
          if (steps % STEPS_PER_SYNC === 0) fdatasyncSync(target);
          pause();
          return PAGES_PER_STEP;
        },
      });
    } finally {
      closeSync(target);
    }
    source.exec("rollback");
    const copied = checkedCopy(file);
    const [difference] = contentDifferences(copied, pinned);
    if (difference !== undefined) {
      throw new BlotterError("corrupt", `the copy is not what the store was: ${difference}`);
    }
    return copied;
  } finally {
    source.close();
  }
}

const idle = new Int32Array(new SharedArrayBuffer(4));

/** Nothing wakes it: the thread just stands still. */
function pause(): void {
  Atomics.wait(idle, 0, 0, PAUSE_MS);
}

async function answerTo(job: BackupJob): Promise<BackupAnswer> {
  try {
    const done = job.kind === "copy" ? await copy(job.store, job.file) : checkedCopy(job.file);
    return { content: done };
  } catch (error) {
    const translated = translateSqliteError(error);
    const code = translated instanceof BlotterError ? translated.code : null;
    return { code, message: translated instanceof Error ? translated.message : String(translated) };
  }
}

// The parent starts this file with a job and nothing else.
parentPort?.postMessage(await answerTo(workerData as BackupJob));
