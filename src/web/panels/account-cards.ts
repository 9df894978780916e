import type { AccountRow, Risk } from "../../http/answer-rows.js";
import { h, replaceChildren } from "../element.js";
import { dollars, gain, tone } from "../format.js";
import { gauge } from "./gauge.js";
import { emptyNote, panel } from "./panel.js";

export function accountCards(onChoose: (account: string | null) => void) {
  const list = h("div", { class: "cards" });
  return {
    element: panel("Accounts", { name: "accounts" }, list),
    update(accounts: readonly AccountRow[], risks: readonly Risk[], chosen: string | null): void {
      const cards = accounts.map((account) => {
        const risk = risks.find(({ accountId }) => accountId === account.accountId) ?? null;
        return card(account, risk, chosen === account.accountId);
      });
      if (cards.length > 0) replaceChildren(list, cards);
      else
        replaceChildren(
          list,
          emptyNote("There is no account yet. Import a file, or let a bot open one."),
        );
      list.onclick = (event) => {
        const button =
          event.target instanceof Element ? event.target.closest("[data-account]") : null;
        if (button instanceof HTMLElement) {
          const id = button.dataset.account ?? null;
          onChoose(id === chosen ? null : id);
        }
      };
    },
  };
}

function card(account: AccountRow, risk: Risk | null, chosen: boolean): HTMLElement {
  const { accountName, accountType, balance, netPnl, openPositions } = account;
  return h(
    "article",
    { class: `card${chosen ? " chosen" : ""}` },
    h(
      "div",
      { class: "card-head" },
      h(
        "button",
        {
          type: "button",
          class: "card-name",
          "data-account": account.accountId,
          "aria-pressed": String(chosen),
          title: accountName,
        },
        accountName,
      ),
      h("span", { class: "tag" }, accountType),
    ),
    h("p", { class: "big" }, dollars(balance)),
    h(
      "p",
      { class: "muted" },
      h("span", { class: tone(netPnl) }, gain(netPnl)),
      ` net, ${openPositions === 0 ? "flat" : `${openPositions} open`}`,
    ),
    risk && !risk.canTrade && h("p", { class: "alarm", role: "status" }, risk.reason ?? "Locked"),
    risk && limits(risk),
  );
}

function limits({ dll, mll }: Risk): HTMLElement {
  return h(
    "div",
    { class: "gauges" },
    dll
      ? gauge({
          name: "Daily loss limit",
          used: dll.used,
          limit: dll.limit,
          violated: dll.violated,
          room: `${dollars(dll.remaining)} left of ${dollars(dll.limit)}`,
        })
      : null,
    mll
      ? gauge({
          name: "Maximum loss limit",
          used: Math.max(0, mll.limit - mll.remaining),
          limit: mll.limit,
          violated: mll.violated,
          room: `${dollars(mll.remaining)} above the floor at ${dollars(mll.floor)}`,
        })
      : null,
    !dll && !mll
      ? h("p", { class: "muted small" }, "No loss limits are set for this account.")
      : null,
  );
}
