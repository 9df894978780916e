import type { AccountRow } from "../http/answer-rows.js";
import { h, replaceChildren } from "./element.js";
import type { PageState } from "./page-state.js";
import { themeButton } from "./theme.js";

export interface TopBarListener {
  onState(state: PageState): void;
  onTheme(): void;
}

/** The name, what is shown, whether it is live, and light or dark. */
export class TopBar {
  readonly element: HTMLElement;
  readonly #account = h("select", { id: "account", onchange: () => this.#changed() });
  readonly #from = h("input", { type: "date", id: "from", onchange: () => this.#changed() });
  readonly #to = h("input", { type: "date", id: "to", onchange: () => this.#changed() });
  readonly #live = h("span", { class: "live", role: "status" }, "Connecting");

  constructor(
    private readonly listener: TopBarListener,
    private state: PageState,
  ) {
    const all = h("button", { type: "button", onclick: () => this.#allDays() }, "All days");
    this.element = h(
      "header",
      { class: "top" },
      h("h1", {}, "Blotter"),
      h(
        "form",
        {
          class: "choices",
          "aria-label": "What is shown",
          onsubmit: (event) => event.preventDefault(),
        },
        h("label", {}, h("span", {}, "Account"), this.#account),
        h("label", {}, h("span", {}, "From"), this.#from),
        h("label", {}, h("span", {}, "To"), this.#to),
        all,
      ),
      this.#live,
      themeButton(() => listener.onTheme()),
    );
    this.show(state, []);
  }

  show(state: PageState, accounts: readonly AccountRow[]): void {
    this.state = state;
    const options = accounts.map(({ accountId, accountName }) =>
      h("option", { value: accountId }, accountName),
    );
    // An account in the URL stays chosen while the accounts are on their way.
    const chosen = state.account !== null && options.length === 0;
    const waiting = chosen ? [h("option", { value: state.account }, state.account)] : [];
    replaceChildren(this.#account, h("option", { value: "" }, "All accounts"), options, waiting);
    this.#account.value = state.account ?? "";
    this.#from.value = state.from ?? "";
    this.#to.value = state.to ?? "";
  }

  showLive(connected: boolean): void {
    this.#live.textContent = connected ? "Live" : "Not connected";
    this.#live.classList.toggle("on", connected);
  }

  #changed(): void {
    this.listener.onState({
      account: this.#account.value || null,
      from: this.#from.value || null,
      to: this.#to.value || null,
    });
  }

  #allDays(): void {
    this.listener.onState({ ...this.state, from: null, to: null });
  }
}
