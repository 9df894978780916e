import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BlotterError } from "../domain/errors.js";
import { packageRoot } from "../system/package-root.js";
import type { Content } from "./content.js";

/** The files of the dashboard by the path they are served under. */
export type PageFiles = ReadonlyMap<string, Content>;

const FILES = [
  ["/", "dashboard.html", "text/html; charset=utf-8"],
  ["/dashboard.js", "dashboard.js", "text/javascript; charset=utf-8"],
  ["/styles.css", "styles.css", "text/css; charset=utf-8"],
  ["/favicon.svg", "favicon.svg", "image/svg+xml"],
] as const;

/** @throws BlotterError `unsupported` when the page was not built */
export function readPageFiles(folder = join(packageRoot(), "dist", "web")): PageFiles {
  return new Map(
    FILES.map(([path, name, type]) => [path, { type, body: readPageFile(folder, name) }]),
  );
}

/** One built file of the page. @throws as `readPageFiles` */
export function readPageFile(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, name));
  } catch (cause) {
    const message = `the dashboard is not built: run npm run build (${name} is missing)`;
    throw new BlotterError("unsupported", message, { cause });
  }
}
