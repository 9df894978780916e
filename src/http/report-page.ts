import { createHash } from "node:crypto";
import { join } from "node:path";
import { packageRoot } from "../system/package-root.js";
import { readPageFile } from "./page-files.js";
import type { ReportData } from "./report-data.js";

/**
 * A report as one page that needs nothing else, on a disk or in a mail. Its policy lets only its own script and
 * styles run, and no request leave it.
 *
 * @throws BlotterError `unsupported` when the page was not built
 */
export function reportHtml(data: ReportData, folder = join(packageRoot(), "dist", "web")): string {
  const script = readPageFile(folder, "report.js").toString("utf8").trim();
  const styles = readPageFile(folder, "styles.css").toString("utf8").trim();
  if (/<\/script/i.test(script) || /<\/style/i.test(styles)) {
    throw new RangeError("the built page cannot be put into a page");
  }
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(styles)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Blotter report</title>
<style>${styles}</style>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="report-data">${inScript(data)}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

/** JSON that cannot end the element it stands in. */
function inScript(data: ReportData): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
