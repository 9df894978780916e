export type Child = Node | string | number | null | false | readonly Child[];

export interface Properties {
  readonly [name: string]: string | number | boolean | null | undefined | ((event: Event) => void);
}

/**
 * Makes an element. Properties are attributes; `onclick` and the like are listeners; true is an empty attribute,
 * null, undefined and false are none. Children that are text stay text: nothing is ever read as HTML.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) setProperty(element, name, value);
  element.append(...flat(children));
  return element;
}

function setProperty(element: Element, name: string, value: Properties[string]): void {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function flat(children: readonly Child[]): readonly (Node | string)[] {
  return children.flatMap((child) => {
    if (child === null || child === false) return [];
    if (typeof child === "string" || child instanceof Node) return [child];
    return typeof child === "number" ? [String(child)] : flat(child);
  });
}

/** Puts new children in place of the old, but not while nothing changed: what a reader is at stays put. */
export function replaceChildren(parent: Element, ...children: readonly Child[]): void {
  const next = flat(children);
  const holder = document.createElement("template").content;
  holder.append(...next);
  const same =
    parent.childNodes.length === holder.childNodes.length &&
    [...parent.childNodes].every((node, i) => node.isEqualNode(holder.childNodes[i] ?? null));
  if (!same) parent.replaceChildren(...holder.childNodes);
}
