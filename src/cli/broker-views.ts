import { money, names, number, text, time, type View } from "./view.js";
import { POSITIONS } from "./views.js";

/** Open positions of contracts that trade no more. */
export const ENDED_POSITIONS: View = {
  name: "open positions of ended contracts",
  fields: [...POSITIONS.fields, "lastTradingDay", "endKnownFrom"],
  columns: [
    ...POSITIONS.columns.slice(0, 6),
    text("Last day", "lastTradingDay"),
    text("Known from", "endKnownFrom"),
    text("Made as", "madeAs"),
  ],
};

export const ROLLS: View = {
  name: "contracts traded",
  fields: names(`accountId root symbol lastTradingDay firstFillAt lastFillAt volume grossPnl netPnl
    openQuantity closedAt nextSymbol nextOpenedAt`),
  columns: [
    text("Account", "accountId"),
    text("Symbol", "symbol"),
    text("Last day", "lastTradingDay"),
    time("First fill", "firstFillAt"),
    time("Last fill", "lastFillAt"),
    number("Volume", "volume"),
    money("Gross", "grossPnl"),
    money("Net", "netPnl"),
    number("Open", "openQuantity"),
    time("Closed", "closedAt"),
    text("Next", "nextSymbol"),
    time("Opened", "nextOpenedAt"),
  ],
};

export const QUARANTINE: View = {
  name: "quarantined reports",
  fields: names(`quarantineId accountId reason message source kind count firstSeenAt lastSeenAt
    status payloadLength payload`),
  columns: [
    text("Id", "quarantineId"),
    text("Account", "accountId"),
    text("Reason", "reason"),
    text("Message", "message"),
    text("Source", "source"),
    number("Count", "count"),
    time("First seen", "firstSeenAt"),
    time("Last seen", "lastSeenAt"),
    text("Status", "status"),
  ],
};

/** Between an old program's rows and ours. */
export const ROW_DIFFERENCES: View = {
  name: "differences",
  fields: names("what kind key row field ours theirs difference"),
  columns: [
    text("What", "what"),
    text("Found", "kind"),
    text("Key", "key"),
    number("Row", "row"),
    text("Field", "field"),
    text("Ours", "ours"),
    text("Theirs", "theirs"),
    number("Difference", "difference"),
  ],
};

export const DIFFERENCES: View = {
  name: "differences",
  fields: names("accountId table key difference stored rebuilt"),
  columns: [
    text("Account", "accountId"),
    text("Table", "table"),
    text("Key", "key"),
    text("Difference", "difference"),
  ],
};

export const BACKUPS: View = {
  name: "backups",
  fields: names(`name kind takenAt engine store bytes rows fills sha256 blotter problem`),
  columns: [
    text("Name", "name"),
    text("Kind", "kind"),
    time("Taken", "takenAt"),
    number("Bytes", "bytes"),
    number("Rows", "rows"),
    number("Fills", "fills"),
    text("Problem", "problem"),
  ],
};

export const RECONCILED: View = {
  name: "differences",
  fields: names("accountId kind subject ours theirs healed remedy"),
  columns: [
    text("Account", "accountId"),
    text("Kind", "kind"),
    text("Of", "subject"),
    text("Ours", "ours"),
    text("Theirs", "theirs"),
    text("Healed", "healed"),
    text("What healed it, or what to do", "remedy"),
  ],
};

export const RECONCILIATIONS: View = {
  name: "differences",
  fields: names(`accountId differenceId runId kind subject ours theirs healed remedy count
    firstSeenAt lastSeenAt healedAt`),
  columns: [
    time("Last seen", "lastSeenAt"),
    ...RECONCILED.columns.slice(0, 5),
    number("Times", "count"),
    ...RECONCILED.columns.slice(5),
  ],
};

export const SYNC_RUNS: View = {
  name: "comparisons",
  fields: names(`accountId runId reason state startedAt endedAt from through gapFrom gapTo newOrders
    changedOrders newFills changedFills differences message`),
  columns: [
    time("Started", "startedAt"),
    text("Account", "accountId"),
    text("Reason", "reason"),
    text("State", "state"),
    time("From", "from"),
    time("Through", "through"),
    time("Gap from", "gapFrom"),
    time("Gap to", "gapTo"),
    number("New orders", "newOrders"),
    number("Changed", "changedOrders"),
    number("New fills", "newFills"),
    number("Changed", "changedFills"),
    number("Differences", "differences"),
    text("Message", "message"),
  ],
};
