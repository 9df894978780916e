import { epochMsToInstant } from "../domain/instant.js";
import type { PerformanceFilter } from "../ports/performance.js";
import { collectReport } from "./collect-report.js";
import { readPageFiles } from "./page-files.js";
import { reportHtml } from "./report-page.js";
import { type Served, type ServeOptions, serve } from "./serve.js";
import type { ServedBooks } from "./served-books.js";

export { tokenFrom } from "./token-file.js";

/** Serves the data endpoints together with the dashboard. @throws as `serve`, and as `readPageFiles` */
export async function serveBlotter(
  books: ServedBooks,
  options: ServeOptions = {},
): Promise<Served> {
  return serve(books, { page: readPageFiles(), ...options });
}

/** A report of now as one page. @throws as `collectReport` and `reportHtml` */
export async function reportPage(books: ServedBooks, filter: PerformanceFilter): Promise<string> {
  return reportHtml(await collectReport(books, filter, epochMsToInstant(Date.now())));
}
