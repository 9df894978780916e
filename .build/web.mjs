// The dashboard and the report's page: `node .build/web.mjs`, or with `--when-needed`.
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "src", "web");
const target = join(root, "dist", "web");

/** Bundles scripts and styles with everything they need: the page asks nobody else for anything. */
export async function buildWeb() {
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: {
      dashboard: join(source, "dashboard.ts"),
      report: join(source, "report.ts"),
      styles: join(source, "styles.css"),
    },
    outdir: target,
    entryNames: "[name]",
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: ["es2022", "chrome111", "firefox114", "safari16.4"],
    legalComments: "none",
    logLevel: "warning",
  });
  for (const name of ["dashboard.html", "favicon.svg"]) {
    copyFileSync(join(source, name), join(target, name));
  }
}

function isStale() {
  const built = join(target, "favicon.svg");
  if (!existsSync(built)) return true;
  const builtMs = statSync(built).mtimeMs;
  return readdirSync(source, { recursive: true }).some(
    (name) => statSync(join(source, name)).mtimeMs > builtMs,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--when-needed") || isStale()) await buildWeb();
}
