import { h } from "./element.js";

/** Asks for the token that the server wants. */
export function signIn(message: string, onToken: (token: string) => void): HTMLElement {
  const field = h("input", {
    type: "password",
    id: "token",
    autocomplete: "off",
    spellcheck: "false",
    required: true,
  });
  const form = h(
    "form",
    { class: "panel sign-in" },
    h("h1", {}, "Blotter"),
    h("p", {}, "This server asks for its token. It is in the file that blotter serve was given."),
    h("label", { for: "token" }, h("span", {}, "Token"), field),
    message !== "" && h("p", { class: "alarm", role: "alert" }, message),
    h("button", { type: "submit", class: "primary" }, "Open the books"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onToken(field.value.trim());
  });
  return form;
}
