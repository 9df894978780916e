import ts from "typescript";
import { breach, type SourceFile, walk } from "./source-file.js";

/** Names through which a function reaches out of its arguments. */
const OUTSIDE = new Set([
  "console",
  "process",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "globalThis",
  "performance",
  "crypto",
  "fetch",
  "require",
]);

/** The places of a file that are not a plain function of their arguments. */
export function impurities(file: SourceFile): readonly string[] {
  const found: string[] = [];
  walk(file.tree, (node) => {
    const what = impurity(node);
    if (what !== null) found.push(breach(file, node, what));
  });
  return found;
}

function impurity(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return "is async";
  if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AwaitKeyword) return "awaits";
  if (isNamed(node, "Date", "now")) return "reads the clock with Date.now";
  if (isNamed(node, "Math", "random")) return "rolls dice with Math.random";
  if (ts.isNewExpression(node) && isDate(node.expression) && !node.arguments?.length) {
    return "reads the clock with new Date()";
  }
  if (ts.isCallExpression(node) && isDate(node.expression)) return "reads the clock with Date()";
  if (ts.isIdentifier(node) && OUTSIDE.has(node.text) && !isMemberName(node)) {
    return `reaches out through ${node.text}`;
  }
  return null;
}

function isDate(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === "Date";
}

function isNamed(node: ts.Node, object: string, member: string): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === object &&
    node.name.text === member
  );
}

/** True for the `process` of `order.process`, and of a declared member. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return (ts.isPropertyAssignment(parent) || ts.isTypeElement(parent)) && parent.name === node;
}
