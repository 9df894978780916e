/**
 * Control characters, of which a Postgres text column refuses NUL, and halves of surrogate pairs,
 * which UTF-8 cannot write.
 */
const UNSTORABLE = /[\p{Cc}\p{Cs}]/gu;

/** The text with what no database stores written out as JSON does: `\u0000`, `\ud800`. */
export function storable(text: string): string {
  return text.replace(UNSTORABLE, (character) => JSON.stringify(character).slice(1, -1));
}
