import { type Child, h } from "../element.js";

/** A mark beside what rests on fills that no broker told. */
export function withMadeTag(content: string, madeAs: string | null | undefined): Child {
  if (!madeAs) return content;
  const title = `No broker told all of it: ${madeAs}`;
  return h("span", {}, `${content} `, h("span", { class: "made-tag", title }, madeAs));
}
