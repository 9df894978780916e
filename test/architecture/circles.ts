import { importsOf, type SourceFile } from "./source-file.js";

/** Groups of files each of which needs the others, be it for a type: their paths, each group by name. */
export function circles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const paths = new Set(files.map(({ path }) => path));
  const needs = new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .map(({ target }) => target)
        .filter((target) => paths.has(target)),
    ]),
  );
  const reached = new Map([...paths].map((path) => [path, reachedFrom(path, needs)]));
  const inCircle = [...paths].filter((path) => reached.get(path)?.has(path));
  const groups = inCircle.map((path) =>
    inCircle.filter((other) => reached.get(path)?.has(other) && reached.get(other)?.has(path)),
  );
  const first = groups.filter((group, n) => groups.findIndex(([one]) => one === group[0]) === n);
  return first.map((group) => [...group].sort());
}

/** All that a file needs, what those need, and so on. */
function reachedFrom(
  path: string,
  needs: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...(needs.get(path) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(needs.get(next) ?? []));
  }
  return found;
}
