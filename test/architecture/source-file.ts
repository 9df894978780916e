import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A source file: its path from the root of the repository, its text, and its syntax tree. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) };
}

/** Every TypeScript and JavaScript file under a folder of the repository, by path. */
export function sourcesUnder(folder: string): readonly SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => sourceFile(relative(ROOT, path), readFileSync(path, "utf8")));
}

export interface Import {
  /** As written: `./ids.js`, `node:fs`, `drizzle-orm/pg-core`. */
  readonly specifier: string;
  /** `src/domain/ids.ts` for a relative one; else the package's name, or `node:` for a builtin. */
  readonly target: string;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** The names taken, but for those that are types only. */
  readonly names: readonly string[];
  readonly node: ts.Node;
}

/** All imports and re-exports of a file: static, dynamic, and those inside of types. */
export function importsOf(file: SourceFile): readonly Import[] {
  const found: Import[] = [];
  walk(file.tree, (node) => {
    const taken = importIn(node);
    if (!taken) return;
    const target = targetOf(file.path, taken.specifier);
    found.push({ ...taken, target, node });
  });
  return found;
}

function importIn(node: ts.Node): Pick<Import, "specifier" | "typeOnly" | "names"> | null {
  if (ts.isImportDeclaration(node)) {
    const specifier = textOf(node.moduleSpecifier);
    const names = node.importClause ? importedNames(node.importClause) : [];
    const typeOnly = node.importClause !== undefined && names.length === 0;
    return { specifier, typeOnly, names };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return { specifier: textOf(node.moduleSpecifier), typeOnly: node.isTypeOnly, names: ["*"] };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: textOf(node.argument.literal), typeOnly: true, names: [] };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    return { specifier: specifier ? textOf(specifier) : "", typeOnly: false, names: ["*"] };
  }
  return null;
}

function importedNames(clause: ts.ImportClause): readonly string[] {
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const names = clause.name ? ["default"] : [];
  const bindings = clause.namedBindings;
  if (!bindings) return names;
  if (ts.isNamespaceImport(bindings)) return [...names, "*"];
  const named = bindings.elements.filter((element) => !element.isTypeOnly);
  return [...names, ...named.map((element) => (element.propertyName ?? element.name).text)];
}

function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : "";
}

function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith(".")) {
    const absolute = resolve(ROOT, dirname(path), specifier);
    return relative(ROOT, absolute).replace(/\.js$/, ".ts");
  }
  if (specifier.startsWith("node:")) return "node:";
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** One breach of a rule, as a person can click on it. */
export function breach(file: SourceFile, at: ts.Node | number, what: string): string {
  const line =
    typeof at === "number"
      ? at
      : file.tree.getLineAndCharacterOfPosition(at.getStart(file.tree)).line + 1;
  return `${file.path}:${line} ${what}`;
}
