import { Api, Refused, Unanswered } from "./api.js";
import { h } from "./element.js";
import { FiguresView } from "./figures-view.js";
import { followEvents } from "./live-events.js";
import { loadFigures, loadRules, loadStanding } from "./load-figures.js";
import type { PageState } from "./page-state.js";
import { readUrl, writeUrl } from "./page-url.js";
import { accountCards } from "./panels/account-cards.js";
import { complianceList } from "./panels/compliance-list.js";
import { openNow } from "./panels/open-now.js";
import { TradesTable } from "./panels/trades-table.js";
import { Refresher } from "./refresher.js";
import { signIn } from "./sign-in.js";
import { startTheme } from "./theme.js";
import { TopBar } from "./top-bar.js";

/** The live page: what stands now at once after each event, the pictures soon after. */
class Dashboard {
  readonly #api = new Api();
  readonly #app: HTMLElement;
  readonly #alarm = h("p", { class: "alarm page-alarm", role: "alert", hidden: true });
  readonly #figures = new FiguresView();
  readonly #cards = accountCards((account) => this.#choose({ ...this.#state, account }));
  readonly #open = openNow();
  readonly #compliance = complianceList();
  readonly #trades = new TradesTable(this.#api, (error) => this.#tell(error));
  readonly #bar: TopBar;
  readonly #standing = new Refresher(
    () => this.#loadStanding(),
    (error) => this.#tell(error),
    40,
    1,
  );
  readonly #pictures = new Refresher(
    () => this.#loadFigures(),
    (error) => this.#tell(error),
    400,
    4,
  );
  #state: PageState = readUrl();
  #asked = false;
  #laidOut = false;

  constructor(app: HTMLElement) {
    this.#app = app;
    const onTheme = () => this.#figures.redraw();
    this.#bar = new TopBar({ onState: (state) => this.#choose(state), onTheme }, this.#state);
    startTheme(onTheme);
  }

  async start(): Promise<void> {
    this.#layOut(h("p", { class: "loading" }, "Reading the books…"));
    try {
      await this.#loadStanding();
      await this.#loadFigures();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return this.#askToken();
      // The choices stay: another account may be there, and the server may come back.
      this.#tell(error);
    }
    await followEvents(this.#api, {
      onEvent: () => this.#refresh(),
      onState: (connected) => this.#bar.showLive(connected),
    });
  }

  #layOut(...content: readonly HTMLElement[]): void {
    this.#app.replaceChildren(
      this.#bar.element,
      h("main", { id: "main", tabindex: -1 }, this.#alarm, ...content),
    );
  }

  /** Once there is something to show. */
  #layOutPanels(): void {
    if (this.#laidOut) return;
    this.#laidOut = true;
    this.#layOut(
      this.#cards.element,
      this.#figures.keyFigures,
      this.#figures.allFigures,
      this.#figures.equity,
      h("div", { class: "columns" }, this.#figures.calendar, this.#open.element),
      h("div", { class: "grid" }, ...this.#figures.groups),
      this.#trades.element,
      h("div", { class: "columns" }, this.#figures.drawdowns, this.#compliance.element),
    );
  }

  #askToken(): void {
    const form = signIn(this.#asked ? "That is not the token." : "", (token) => {
      this.#asked = true;
      this.#api.setToken(token);
      void this.start();
    });
    this.#app.replaceChildren(form);
    form.querySelector("input")?.focus();
  }

  #choose(state: PageState): void {
    this.#state = state;
    writeUrl(state);
    this.#standing.askNow();
    this.#pictures.askNow();
  }

  #refresh(): void {
    this.#standing.ask();
    this.#pictures.ask();
  }

  async #loadStanding(): Promise<void> {
    const state = this.#state;
    const standing = await loadStanding(this.#api, state);
    // Somebody chose otherwise meanwhile: what was asked then is asked again, and must not undo the choice.
    if (state !== this.#state) return;
    this.#bar.show(state, standing.accounts);
    this.#cards.update(standing.accounts, standing.risks, state.account);
    this.#open.update(standing.positions, standing.working);
    await this.#trades.show(state);
    this.#layOutPanels();
    this.#alarm.hidden = true;
  }

  async #loadFigures(): Promise<void> {
    const state = this.#state;
    const [figures, rules] = await Promise.all([
      loadFigures(this.#api, state),
      loadRules(this.#api, state),
    ]);
    if (state !== this.#state) return;
    this.#figures.show(figures, rules);
    this.#compliance.update(rules.compliance);
  }

  #tell(error: unknown): void {
    this.#alarm.textContent = `${messageOf(error)}${this.#laidOut ? AS_LAST_TOLD : ""}`;
    this.#alarm.hidden = false;
    if (!this.#laidOut) this.#layOut();
  }
}

const AS_LAST_TOLD = " The figures below are as it last told them.";

function messageOf(error: unknown): string {
  if (error instanceof Refused) return `The server says: ${error.message}.`;
  if (error instanceof Unanswered) return "The server does not answer.";
  return `This page failed: ${String(error)}.`;
}

const app = document.getElementById("app");
if (app) void new Dashboard(app).start();
