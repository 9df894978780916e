import { readPageFiles } from "./page-files.js";
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
