/** A token as it travels, also one that we never held. */
const TOKENS = /\bBearer\s+[^\s"]+|\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/gi;

/** What no message may tell: the key, and every token that was ever held. */
export class Secrets {
  readonly #values = new Set<string>();

  keep(secret: string): void {
    if (secret === "") return;
    this.#values.add(secret);
    this.#values.add(JSON.stringify(secret).slice(1, -1));
    this.#values.add(encodeURIComponent(secret));
  }

  /** The text with stars for every secret in it. */
  hide(text: string): string {
    let hidden = text;
    for (const secret of this.#values) hidden = hidden.replaceAll(secret, "***");
    return hidden.replace(TOKENS, "***");
  }
}
