import { h } from "../element.js";

const KEPT = [
  "symbol",
  "strategy",
  "side",
  "outcome",
  "tag",
  "note",
  "minRisk",
  "maxRisk",
  "level",
] as const;
/** Only trades are told apart by these. */
const OF_TRADES = ["side", "outcome"] as const;

/** The filters of the trades table; they are part of the page's URL. */
export function tradeFilters(onChange: () => void) {
  const url = new URLSearchParams(location.search);
  const fields = {
    symbol: input("Symbol", "MNQ or MNQZ26", url.get("symbol")),
    strategy: input("Strategy", "any", url.get("strategy")),
    side: choice("Side", ["LONG", "SHORT"], url.get("side")),
    outcome: choice("Outcome", ["win", "loss", "breakeven"], url.get("outcome")),
    tag: input("Tags", "any of them", url.getAll("tag").join(" ")),
    note: input("Note", "text in it", url.get("note")),
    minRisk: input("Risk from", "planned, $", url.get("minRisk")),
    maxRisk: input("Risk to", "planned, $", url.get("maxRisk")),
    level: choice("Row", ["match", "position"], url.get("level"), "trade"),
  };
  const form = h(
    "form",
    { class: "filters", role: "search", "aria-label": "Filter trades" },
    ...Object.values(fields).map(({ label }) => label),
  );
  const level = () => fields.level.field.value || "trade";
  const adapt = () => {
    for (const name of OF_TRADES) fields[name].field.disabled = level() !== "trade";
  };
  adapt();
  const changed = () => {
    adapt();
    remember();
    onChange();
  };
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
  });

  function values(): readonly (readonly [string, string])[] {
    return KEPT.flatMap((name) => {
      const { field } = fields[name];
      const value = field.value.trim();
      if (value === "" || field.disabled) return [];
      // No tag has a space or a comma in it.
      const asked = name === "tag" ? value.split(/[\s,]+/).filter((tag) => tag !== "") : [value];
      return asked.map((one) => [name, one] as const);
    });
  }

  function remember(): void {
    const search = new URLSearchParams(location.search);
    for (const name of KEPT) search.delete(name);
    for (const [name, value] of values()) search.append(name, value);
    history.replaceState(null, "", search.size === 0 ? location.pathname : `?${search}`);
  }

  return { element: form, values, level };
}

function input(name: string, placeholder: string, value: string | null) {
  const field = h("input", { type: "text", placeholder, maxlength: 100, autocomplete: "off" });
  field.value = value ?? "";
  return { field, label: h("label", {}, h("span", {}, name), field) };
}

function choice(name: string, options: readonly string[], value: string | null, unset = "any") {
  const field = h(
    "select",
    {},
    h("option", { value: "" }, unset),
    ...options.map((option) => h("option", { value: option }, option.toLowerCase())),
  );
  field.value = value !== null && options.includes(value) ? value : "";
  return { field, label: h("label", {}, h("span", {}, name), field) };
}
