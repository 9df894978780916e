import type { TradeRow } from "../../http/answer-rows.js";
import { type Api, Refused } from "../api.js";
import { h, replaceChildren } from "../element.js";
import { dayAfter, type PageState } from "../page-state.js";
import { sessionStart } from "../session.js";
import { emptyNote, panel } from "./panel.js";
import { TRADE_COLUMNS, type TradeColumn } from "./trade-columns.js";
import { tradeDetails } from "./trade-details.js";
import { tradeFilters } from "./trade-filters.js";

const PAGE_ROWS = "25";
const NOTHING = { rows: [], next: null };

/** Closed trades, filtered, sorted and paged by the server. */
export class TradesTable {
  readonly element: HTMLElement;
  readonly #filters = tradeFilters(() => this.#restart());
  readonly #details: ReturnType<typeof tradeDetails>;
  readonly #body = h("div", { class: "scroll", "aria-live": "polite" });
  readonly #newer = h("button", { type: "button", onclick: () => this.#turn(-1) }, "Back");
  readonly #older = h("button", { type: "button", onclick: () => this.#turn(1) }, "Next");
  readonly #place = h("span", { class: "muted" });
  #state: PageState = { account: null, from: null, to: null };
  #sort = "exitTimestamp";
  #descending = true;
  /** The cursors of the pages up to this one; the first page has none. */
  #cursors: readonly (string | null)[] = [null];
  #next: string | null = null;
  #asked = 0;

  constructor(
    private readonly api: Api,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#details = tradeDetails(api);
    this.element = panel(
      "Trades",
      { name: "trades" },
      this.#filters.element,
      this.#body,
      h(
        "nav",
        { class: "pager", "aria-label": "Pages of trades" },
        this.#newer,
        this.#place,
        this.#older,
      ),
      this.#details.element,
    );
  }

  async show(state: PageState): Promise<void> {
    const moved = JSON.stringify(state) !== JSON.stringify(this.#state);
    this.#state = state;
    if (moved) this.#cursors = [null];
    await this.#load();
  }

  get #isOfTrades(): boolean {
    return this.#filters.level() === "trade";
  }

  #restart(): void {
    // Matches and positions come by their exit alone.
    if (!this.#isOfTrades) this.#sort = "exitTimestamp";
    this.#cursors = [null];
    this.#load().catch(this.onError);
  }

  #turn(by: 1 | -1): void {
    this.#cursors = by === 1 ? [...this.#cursors, this.#next] : this.#cursors.slice(0, -1);
    this.#load().catch(this.onError);
  }

  #sortBy(column: TradeColumn): void {
    if (column.sort === null) return;
    this.#descending = column.sort === this.#sort ? !this.#descending : true;
    this.#sort = column.sort;
    this.#restart();
  }

  #search(): URLSearchParams {
    const { account, from, to } = this.#state;
    const search = new URLSearchParams({
      limit: PAGE_ROWS,
      madeAs: "true",
      sort: this.#sort,
      order: this.#descending ? "newest" : "oldest",
    });
    if (account !== null) search.set("account", account);
    if (from !== null) search.set("from", sessionStart(from));
    if (to !== null) search.set("to", sessionStart(dayAfter(to)));
    for (const [name, value] of this.#filters.values()) search.append(name, value);
    const cursor = this.#cursors.at(-1) ?? null;
    if (cursor !== null) search.set("cursor", cursor);
    return search;
  }

  async #load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const answer = await this.#page();
    // An answer that a later question has overtaken is old.
    if (asked !== this.#asked) return;
    const { rows, next } = answer instanceof Refused ? NOTHING : answer;
    this.#next = next;
    this.#newer.disabled = this.#cursors.length === 1;
    this.#older.disabled = next === null;
    this.#place.textContent = `Page ${this.#cursors.length}`;
    if (answer instanceof Refused) this.#refuse(answer);
    else this.#draw(rows);
  }

  /** A filter that makes no sense is refused: that is told where it stands, and the rest of the page goes on. */
  async #page() {
    try {
      return await this.api.page<TradeRow>("trades", this.#search());
    } catch (error) {
      if (error instanceof Refused && error.status === 400) return error;
      throw error;
    }
  }

  #refuse({ message }: Refused): void {
    const text = `The server says: ${message}.`;
    replaceChildren(this.#body, h("p", { class: "alarm", role: "alert" }, text));
  }

  #draw(rows: readonly TradeRow[]): void {
    if (rows.length === 0) {
      replaceChildren(this.#body, emptyNote(`No closed ${this.#filters.level()} fits.`));
      return;
    }
    const head = h("tr", {}, ...TRADE_COLUMNS.map((column) => this.#heading(column)));
    const body = rows.map((trade) => this.#row(trade));
    const table = h("table", { class: "trades" }, h("thead", {}, head), h("tbody", {}, ...body));
    const focused = this.#focusedTrade();
    this.#body.replaceChildren(table);
    if (focused !== null) this.#focus(focused);
  }

  /** The trade whose row has the focus: rows are drawn anew while somebody reads. */
  #focusedTrade(): string | null {
    const row = this.#body.contains(document.activeElement)
      ? document.activeElement?.closest("tr")
      : null;
    return row?.dataset.trade ?? null;
  }

  #focus(trade: string): void {
    const rows = [...this.#body.querySelectorAll("tr")];
    rows
      .find((row) => row.dataset.trade === trade)
      ?.querySelector("button")
      ?.focus();
  }

  #heading(column: TradeColumn): HTMLElement {
    const sortable = column.sort !== null && (this.#isOfTrades || column.sort === "exitTimestamp");
    const sorted = column.sort !== null && column.sort === this.#sort;
    const order = this.#descending ? "descending" : "ascending";
    const arrow = sorted ? (this.#descending ? " ↓" : " ↑") : "";
    const content = !sortable
      ? column.name
      : h(
          "button",
          { type: "button", class: "sort", onclick: () => this.#sortBy(column) },
          `${column.name}${arrow}`,
        );
    const kind = column.numeric ? "num" : "";
    return h("th", { scope: "col", class: kind, "aria-sort": sorted ? order : null }, content);
  }

  #row(trade: TradeRow): HTMLElement {
    const key = `${trade.accountId} ${trade.tradeId}`;
    const open = () => void this.#details.open(trade, () => this.#focus(key));
    const cells = TRADE_COLUMNS.map((column, index) => {
      const content = column.cell(trade);
      const opener = () => h("button", { type: "button", class: "link", onclick: open }, content);
      const opens = index === 0 && this.#isOfTrades;
      return h("td", { class: column.numeric ? "num" : "" }, opens ? opener() : content);
    });
    return h("tr", { "data-trade": key }, ...cells);
  }
}
