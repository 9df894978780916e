import type { CalendarDay } from "../../http/answer-rows.js";
import { type Child, h, replaceChildren } from "../element.js";
import { gain, shortGain, tone } from "../format.js";
import { emptyNote, panel } from "./panel.js";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri"];
const monthName = new Intl.DateTimeFormat("en-US", {
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** Net result of each trading day, a month at a time. */
export function calendar() {
  const body = h("div");
  const title = h("span", { class: "month", "aria-live": "polite" });
  const step = (by: number, label: string, sign: string) =>
    h(
      "button",
      { type: "button", class: "icon", "aria-label": label, onclick: () => move(by) },
      sign,
    );
  const [back, forth] = [step(-1, "Previous month", "‹"), step(1, "Next month", "›")];
  const note = h("div", { class: "steps" }, back, title, forth);
  let months: readonly string[] = [];
  let rows: readonly CalendarDay[] = [];
  /** Null follows the newest month. */
  let shown: string | null = null;

  function move(by: number): void {
    const at = months.indexOf(current()) + by;
    shown = months[at] ?? current();
    if (at === months.length - 1) shown = null;
    draw();
  }
  const current = () => shown ?? months.at(-1) ?? "";

  function draw(): void {
    const month = current();
    note.hidden = month === "";
    if (month === "") {
      replaceChildren(body, emptyNote("No trading day has a closed trade yet."));
      return;
    }
    const days = rows.filter(({ tradingDay }) => tradingDay.startsWith(month));
    title.textContent = monthName.format(new Date(`${month}-01T00:00:00Z`));
    back.disabled = month === months[0];
    forth.disabled = month === months.at(-1);
    replaceChildren(body, monthTable(month, days));
  }

  return {
    element: panel("Calendar", { name: "calendar", note }, body),
    update(all: readonly CalendarDay[]): void {
      const days = all.filter(({ count }) => count > 0);
      rows = days;
      months = monthsBetween(days[0]?.tradingDay, days.at(-1)?.tradingDay);
      if (shown !== null && !months.includes(shown)) shown = null;
      draw();
    },
  };
}

function monthsBetween(first: string | undefined, last: string | undefined): readonly string[] {
  if (first === undefined || last === undefined) return [];
  const months: string[] = [];
  const date = new Date(`${first.slice(0, 7)}-01T00:00:00Z`);
  while (date.toISOString().slice(0, 7) <= last.slice(0, 7)) {
    months.push(date.toISOString().slice(0, 7));
    date.setUTCMonth(date.getUTCMonth() + 1);
  }
  return months;
}

function monthTable(month: string, days: readonly CalendarDay[]): HTMLElement {
  const byDay = new Map(days.map((day) => [day.tradingDay, day]));
  const largest = days.reduce((most, { netPnl }) => Math.max(most, Math.abs(netPnl)), 0);
  const total = days.reduce((sum, { netPnl }) => sum + Math.round(netPnl * 1e6), 0) / 1e6;
  const weeks = weeksOf(month).map((week) => {
    const cells = week.map((day) =>
      dayCell(day, day === null ? undefined : byDay.get(day), largest),
    );
    const ofWeek = week.flatMap((day) => (day === null ? [] : (byDay.get(day)?.netPnl ?? [])));
    const sum = ofWeek.reduce((a, b) => a + Math.round(b * 1e6), 0) / 1e6;
    const label = ofWeek.length === 0 ? "" : shortGain(sum);
    return h("tr", {}, ...cells, h("td", { class: `week ${tone(sum)}` }, label));
  });
  return h(
    "table",
    { class: "month-table" },
    h("caption", {}, `${gain(total)} on ${days.length} ${days.length === 1 ? "day" : "days"}`),
    h(
      "thead",
      {},
      h("tr", {}, ...[...WEEKDAYS, "Week"].map((name) => h("th", { scope: "col" }, name))),
    ),
    h("tbody", {}, ...weeks),
  );
}

function dayCell(day: string | null, row: CalendarDay | undefined, largest: number): HTMLElement {
  if (day === null) return h("td", { class: "day outside" });
  const date = h("span", { class: "date" }, String(Number(day.slice(8))));
  if (!row) return h("td", { class: "day" }, date);
  const strength = largest === 0 ? 0 : Math.ceil((Math.abs(row.netPnl) / largest) * 4);
  const content: Child[] = [
    date,
    h("span", { class: "net" }, shortGain(row.netPnl)),
    h("span", { class: "count" }, `${row.count} ${row.count === 1 ? "trade" : "trades"}`),
  ];
  const title = `${day}: ${gain(row.netPnl)} in ${row.count} trades`;
  return h("td", { class: `day ${tone(row.netPnl)} strength-${strength}`, title }, ...content);
}

/** Monday to Friday: trading days are never on a weekend. */
function weeksOf(month: string): readonly (readonly (string | null)[])[] {
  const weeks: (string | null)[][] = [];
  const date = new Date(`${month}-01T00:00:00Z`);
  while (date.toISOString().startsWith(month)) {
    const weekday = (date.getUTCDay() + 6) % 7;
    if (weekday < 5) {
      if (weekday === 0 || weeks.length === 0) weeks.push([null, null, null, null, null]);
      const week = weeks.at(-1);
      if (week) week[weekday] = date.toISOString().slice(0, 10);
    }
    date.setUTCDate(date.getUTCDate() + 1);
  }
  return weeks;
}
