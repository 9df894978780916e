import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Version } from "../ports/version.js";
import { packageRoot } from "./package-root.js";

/** The version that package.json names. */
export class PackageVersion implements Version {
  #version: string | null = null;

  get blotter(): string {
    this.#version ??= versionOf(readFileSync(join(packageRoot(), "package.json"), "utf8"));
    return this.#version;
  }
}

function versionOf(text: string): string {
  // Our own file: it has a version.
  return (JSON.parse(text) as { readonly version: string }).version;
}
