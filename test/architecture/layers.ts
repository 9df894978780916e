import { breach, type Import, importsOf, type SourceFile } from "./source-file.js";

/** What a folder, or a file, may import besides itself. */
interface Layer {
  /** Folders and files of src. */
  readonly sources: readonly string[];
  /** Packages; `node:` stands for all of Node's own. */
  readonly packages: readonly string[];
  /** Folders and packages of which only types may be imported. */
  readonly types?: readonly string[];
}

const INWARD = ["domain", "ports"];
const STORED = [...INWARD, "storage/drizzle", "system/package-root.ts", "system/files.ts"];

/**
 * The layers, by the longest path that fits. Dependencies point inward: to `domain`, which imports
 * nothing, and to `ports`, which are interfaces over it. Only the composition root knows everybody.
 */
const LAYERS: Readonly<Record<string, Layer | "everything">> = {
  domain: { sources: [], packages: [] },
  ports: { sources: ["domain"], packages: [], types: ["tsyringe"] },
  services: { sources: INWARD, packages: ["tsyringe"] },
  brokers: { sources: INWARD, packages: ["zod", "csv-parse", "p-throttle"] },
  system: { sources: INWARD, packages: ["croner", "node:"] },
  "storage/drizzle": {
    sources: [...INWARD, "system/package-root.ts"],
    packages: ["drizzle-orm", "node:"],
    types: ["storage/sqlite", "storage/postgres"],
  },
  "storage/sqlite": { sources: STORED, packages: ["drizzle-orm", "better-sqlite3", "node:"] },
  "storage/postgres": {
    sources: STORED,
    packages: ["drizzle-orm", "pg", "@electric-sql/pglite", "node:"],
  },
  transfer: { sources: INWARD, packages: [] },
  http: {
    sources: [...INWARD, "services", "system/package-root.ts"],
    packages: ["hono", "@hono/node-server", "zod", "node:"],
  },
  web: { sources: [], packages: ["echarts"], types: ["http"] },
  cli: {
    sources: [...INWARD, "services"],
    packages: ["commander", "zod", "cli-progress", "cli-table3", "csv-stringify", "node:"],
  },
  "cli/main.ts": {
    sources: [
      ...INWARD,
      "services",
      "cli",
      "http",
      "container.ts",
      "config.ts",
      "brokers/formats.ts",
      "brokers/projectx/snapshot-files.ts",
      "brokers/projectx/client",
    ],
    packages: ["commander", "reflect-metadata", "node:"],
  },
  "config.ts": { sources: INWARD, packages: [] },
  "container.ts": "everything",
  "index.ts": "everything",
};

/** The only names of the container's library that services know. */
const SERVICE_DECORATORS = ["inject", "injectable"];

/** The imports of a file that its layer forbids. */
export function forbiddenImports(file: SourceFile): readonly string[] {
  const path = file.path.replace(/^src\//, "");
  const [name, layer] = layerOf(path);
  if (layer === undefined) return [breach(file, 1, "lies in no layer that layers.ts knows")];
  if (layer === "everything") return [];
  return importsOf(file).flatMap((taken) => {
    const why = objection(taken, name, layer);
    return why === null ? [] : [breach(file, taken.node, why)];
  });
}

function layerOf(path: string): readonly [string, Layer | "everything" | undefined] {
  const [name = ""] = Object.keys(LAYERS)
    .filter((key) => isWithin(path, key))
    .sort((a, b) => b.length - a.length);
  return [name, LAYERS[name]];
}

function objection(taken: Import, name: string, layer: Layer): string | null {
  const { specifier, target, typeOnly, names } = taken;
  const inSource = target.startsWith("src/");
  const within = (allowed: readonly string[]) =>
    allowed.some((key) => (inSource ? isWithin(target.slice("src/".length), key) : target === key));
  const own = inSource && isWithin(target.slice("src/".length), name);
  if (!own && !within([...layer.sources, ...layer.packages])) {
    if (!within(layer.types ?? [])) return `${name} may not import ${specifier}`;
    if (!typeOnly) return `${name} may import only types of ${specifier}`;
  }
  const other = names.filter((taken) => !SERVICE_DECORATORS.includes(taken));
  if (name === "services" && target === "tsyringe" && other.length > 0) {
    return `services may not import ${other.join(", ")} of tsyringe`;
  }
  return null;
}

function isWithin(path: string, key: string): boolean {
  return path === key || path.startsWith(`${key}/`);
}
