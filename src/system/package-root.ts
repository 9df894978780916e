import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BlotterError } from "../domain/errors.js";

/** The folder with package.json and the migrations: above src, above dist, above the bundled program. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "drizzle", "sqlite", "meta", "_journal.json"))) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new BlotterError("corrupt", "the installation is incomplete: no migrations were found");
    }
    folder = parent;
  }
  return folder;
}
