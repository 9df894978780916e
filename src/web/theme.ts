import { h } from "./element.js";

type Theme = "light" | "dark";
const KEY = "blotter-theme";
const preferred = matchMedia("(prefers-color-scheme: dark)");

/** The reader's own choice, else the system's. */
function theme(): Theme {
  const chosen = localStorage.getItem(KEY);
  if (chosen === "light" || chosen === "dark") return chosen;
  return preferred.matches ? "dark" : "light";
}

/** Sets the theme now and whenever the system's changes; `onChange` hears of each. */
export function startTheme(onChange: () => void): void {
  document.documentElement.dataset.theme = theme();
  preferred.addEventListener("change", () => {
    document.documentElement.dataset.theme = theme();
    onChange();
  });
}

/** Turns light into dark and back. */
export function themeButton(onChange: () => void): HTMLElement {
  const button = h("button", { type: "button", class: "icon theme" });
  const name = () => {
    const dark = theme() === "dark";
    button.textContent = dark ? "☀" : "☾";
    button.setAttribute("aria-label", dark ? "Light colours" : "Dark colours");
  };
  button.addEventListener("click", () => {
    const next = theme() === "dark" ? "light" : "dark";
    localStorage.setItem(KEY, next);
    document.documentElement.dataset.theme = next;
    name();
    onChange();
  });
  name();
  return button;
}

/** A colour of the stylesheet, for charts, which draw on a canvas. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
