import type { Floor, Risk } from "../http/answer-rows.js";
import type { Figures, RuleFigures, Standing } from "../http/report-data.js";
import type { Api } from "./api.js";
import { type PageState, performanceSearch } from "./page-state.js";

export async function loadStanding(api: Api, { account }: PageState): Promise<Standing> {
  const search = new URLSearchParams(account === null ? {} : { account });
  const [accounts, positions, working] = await Promise.all([
    api.get<Standing["accounts"]>("accounts"),
    api.get<Standing["positions"]>("positions", search),
    api.get<Standing["working"]>("orders/working", search),
  ]);
  const risks = await Promise.all(
    accounts.map(({ accountId }) =>
      api.get<Risk>(`accounts/${encodeURIComponent(accountId)}/risk`),
    ),
  );
  return { accounts, positions, working, risks };
}

export async function loadRules(api: Api, { account }: PageState): Promise<RuleFigures> {
  const search = new URLSearchParams(account === null ? {} : { account });
  const [accounts, compliance] = await Promise.all([
    api.get<Standing["accounts"]>("accounts"),
    api.get<RuleFigures["compliance"]>("compliance", search),
  ]);
  const drawn = accounts.filter(({ accountId }) => account === null || accountId === account);
  const floors = await Promise.all(
    drawn.map(async ({ accountId, accountName }) => ({
      accountId,
      name: accountName ?? accountId,
      floors: await api.get<readonly Floor[]>(`accounts/${encodeURIComponent(accountId)}/floor`),
    })),
  );
  return { compliance, floors };
}

export async function loadFigures(api: Api, state: PageState): Promise<Figures> {
  const ask = <T>(what: string, more: Readonly<Record<string, string>> = {}): Promise<T> => {
    const search = performanceSearch(state);
    for (const [name, value] of Object.entries(more)) search.set(name, value);
    return api.get<T>(`performance${what}`, search);
  };
  const by = (group: string) => ask<Figures["byHour"]>("/breakdown", { by: group });
  const [
    performance,
    statistics,
    equity,
    drawdowns,
    calendar,
    distribution,
    excursions,
    rolling20,
    rolling60,
    ...groups
  ] = await Promise.all([
    ask<Figures["performance"]>(""),
    ask<Figures["statistics"]>("/statistics"),
    ask<Figures["equity"]>("/equity"),
    ask<Figures["drawdowns"]>("/drawdown"),
    ask<Figures["calendar"]>("/calendar"),
    ask<Figures["distribution"]>("/distribution", { bins: "24" }),
    ask<Figures["excursions"]>("/excursions", { limit: "500" }),
    ask<Figures["rolling20"]>("/rolling", { window: "20" }),
    ask<Figures["rolling60"]>("/rolling", { window: "60" }),
    by("hour"),
    by("weekday"),
    by("symbol"),
    by("strategy"),
  ]);
  const [byHour, byWeekday, bySymbol, byStrategy] = groups;
  return {
    performance,
    statistics,
    equity,
    drawdowns,
    calendar,
    distribution,
    excursions,
    rolling20,
    rolling60,
    byHour,
    byWeekday,
    bySymbol,
    byStrategy,
  };
}
