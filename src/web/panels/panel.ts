import { type Child, h } from "../element.js";

/** A titled part of the page. */
export function panel(
  title: string,
  { name, note = null }: { readonly name: string; readonly note?: Child },
  ...content: readonly Child[]
): HTMLElement {
  const id = `${name}-title`;
  return h(
    "section",
    { class: `panel panel-${name}`, "aria-labelledby": id },
    h("header", { class: "panel-head" }, h("h2", { id }, title), note),
    ...content,
  );
}

export function emptyNote(sentence: string): HTMLElement {
  return h("p", { class: "empty" }, sentence);
}
