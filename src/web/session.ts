const exchangeHour = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Chicago",
  hour: "2-digit",
  hourCycle: "h23",
});

/** When a trading day begins: 17:00 in Chicago on the day before, as an ISO-8601 instant. */
export function sessionStart(tradingDay: string): string {
  const midnight = Date.parse(`${tradingDay}T00:00:00Z`);
  // Chicago is five or six hours behind UTC.
  const starts = [5, 6].map((behind) => new Date(midnight - 7 * 3_600_000 + behind * 3_600_000));
  const start = starts.find((date) => exchangeHour.format(date) === "17") ?? starts[0];
  return (start ?? new Date(midnight)).toISOString();
}
