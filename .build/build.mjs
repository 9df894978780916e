// `npm run build`: the library with plain tsc, then the command line bundled so that it starts in a blink.
// `--when-needed` does nothing while the built program is newer than every source.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildWeb } from "./web.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const program = join(root, "dist", "bin", "blotter.js");

if (!process.argv.includes("--when-needed") || isStale()) {
  rmSync(join(root, "dist"), { recursive: true, force: true });
  compile();
  await bundle();
  await buildWeb();
}

function isStale() {
  if (!existsSync(program)) return true;
  const builtMs = statSync(program).mtimeMs;
  const inputs = [join(root, "package.json"), join(root, "src", "tsconfig.json"), ...sources()];
  return inputs.some((file) => statSync(file).mtimeMs > builtMs);
}

function sources() {
  const folder = join(root, "src");
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

function compile() {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", join(root, "src", "tsconfig.json")];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

// Packages stay outside; what is imported on demand becomes a file of its own, loaded on demand.
async function bundle() {
  await build({
    entryPoints: { blotter: join(root, "dist", "cli", "main.js") },
    outdir: dirname(program),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  chmodSync(program, 0o755);
}
