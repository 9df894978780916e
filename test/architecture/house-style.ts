import ts from "typescript";
import { breach, importsOf, type SourceFile, walk } from "./source-file.js";

const MOST_LINES = 400;
const LONG_BY_NATURE = /(^|\/)schema\.ts$/;

const KEBAB =
  /^[a-z0-9]+(-[a-z0-9]+)*((\.(property|postgres|browser))?\.(test|postgres|browser|config))?(\.m?[jt]s)?$/;
/** Names that say nothing of what lies under them. */
const EMPTY_NAMES = /^(utils?|helpers?|types?|common|misc|shared|lib)$/;

const SUPPRESSION = /@ts-(?:ignore|expect-error|nocheck)/;
/** Notes of unfinished work: they belong to whoever plans it, not into a product. */
const UNFINISHED = /\b(?:TODO|FIXME|XXX|HACK|WIP)\b/;

/** `any`, `!` after an expression, and comments that silence the compiler. */
export function looseTypes(file: SourceFile): readonly string[] {
  const found: string[] = [];
  walk(file.tree, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(breach(file, node, "says any"));
    if (ts.isNonNullExpression(node)) found.push(breach(file, node, "asserts with !"));
    if (ts.isPropertyDeclaration(node) && node.exclamationToken) {
      found.push(breach(file, node, "asserts with !"));
    }
  });
  return [...found, ...linesWith(file, SUPPRESSION, "silences the compiler")];
}

export function unfinishedWork(file: SourceFile): readonly string[] {
  return linesWith(file, UNFINISHED, "speaks of unfinished work");
}

export function overlong(file: SourceFile): readonly string[] {
  const lines = file.text.trimEnd().split("\n").length;
  if (lines <= MOST_LINES || LONG_BY_NATURE.test(file.path)) return [];
  return [breach(file, lines, `is longer than ${MOST_LINES} lines`)];
}

export function badNames(file: SourceFile): readonly string[] {
  return file.path.split("/").flatMap((name) => {
    if (!KEBAB.test(name)) return [breach(file, 1, `${name} is not kebab-case`)];
    const stem = name.replace(/\..*$/, "");
    return EMPTY_NAMES.test(stem) ? [breach(file, 1, `${name} says nothing of its content`)] : [];
  });
}

/** Re-exports of a whole module, and files that are nothing but a way to others. */
export function barrels(file: SourceFile): readonly string[] {
  const found: string[] = [];
  walk(file.tree, (node) => {
    if (ts.isExportDeclaration(node) && !node.exportClause) {
      found.push(breach(file, node, "re-exports a whole module"));
    }
  });
  const isIndex = /(^|\/)index\.m?[jt]s$/.test(file.path) && file.path !== "src/index.ts";
  return isIndex ? [...found, breach(file, 1, "is a barrel")] : found;
}

/** Relative imports that no TypeScript file answers to, or that leave out the `.js`. */
export function brokenImports(
  file: SourceFile,
  exists: (path: string) => boolean,
): readonly string[] {
  return importsOf(file)
    .filter(({ specifier }) => specifier.startsWith("."))
    .filter(({ specifier, target }) => !/\.m?js$/.test(specifier) || !exists(target))
    .map(({ node, specifier }) => breach(file, node, `imports ${specifier}, which is no .js file`));
}

function linesWith(file: SourceFile, pattern: RegExp, what: string): readonly string[] {
  return file.text
    .split("\n")
    .flatMap((line, index) => (pattern.test(line) ? [breach(file, index + 1, what)] : []));
}
