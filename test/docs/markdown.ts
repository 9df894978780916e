/** A fenced block of a Markdown page. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** The line its fence stands on, from 1. */
  readonly line: number;
}

const FENCE = /^```(\w*)$/;

export function codeBlocks(page: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { language: string; line: number; lines: string[] } | null = null;
  for (const [index, line] of page.split("\n").entries()) {
    const fence = FENCE.exec(line);
    if (open === null) {
      if (fence) open = { language: fence[1] ?? "", line: index + 1, lines: [] };
    } else if (line === "```") {
      const { language, lines } = open;
      blocks.push({ language, text: lines.join("\n"), line: open.line });
      open = null;
    } else open.lines.push(line);
  }
  if (open !== null) throw new Error(`the code block at line ${open.line} is never closed`);
  return blocks;
}

/** The page without its fenced blocks: what is read as text. */
export function prose(page: string): string {
  return page.replace(/^```[\s\S]*?^```$/gm, "");
}

/** What stands `between backticks` in the text. */
export function inlineCode(page: string): readonly string[] {
  return [...prose(page).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
}

/** Targets of [links](...). */
export function linkTargets(page: string): readonly string[] {
  return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
}

/** The text under a heading of level 2, up to the next one. */
export function section(page: string, heading: string): string {
  const [, after] = page.split(`\n## ${heading}\n`);
  if (after === undefined) throw new Error(`the page has no section "${heading}"`);
  return after.split("\n## ")[0] ?? "";
}

/** The anchors that its headings have. */
export function anchors(page: string): readonly string[] {
  return [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}
