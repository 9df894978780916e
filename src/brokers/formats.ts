import { invalid } from "../domain/errors.js";
import { show } from "../domain/ids.js";
import type { FileFormat } from "../ports/broker.js";
import type { OldProgram } from "../ports/old-program.js";
import { projectxEvents } from "./projectx/event-lines.js";
import { projectxOrders, projectxTrades } from "./projectx/json-files.js";
import { topstepxOrders } from "./topstepx/orders-csv.js";
import { readAccountStates } from "./tradebot/account-state.js";
import { readComputedOrders, readComputedTrades } from "./tradebot/computed-rows.js";
import { tradovateFills } from "./tradovate/fills-csv.js";

/** Every kind of broker file that can be imported. */
export const FILE_FORMATS: readonly FileFormat[] = [
  topstepxOrders,
  projectxOrders,
  projectxTrades,
  projectxEvents,
  tradovateFills,
];

/** The bot of the architecture document, before it kept its books here. */
export const OLD_PROGRAM: OldProgram = {
  accountStates: readAccountStates,
  orders: readComputedOrders,
  trades: readComputedTrades,
};

/** @throws BlotterError `invalid` listing the formats when there is none of this name. */
export function fileFormat(name: string): FileFormat {
  const format = FILE_FORMATS.find((candidate) => candidate.name === name);
  if (format) return format;
  const names = FILE_FORMATS.map((candidate) => candidate.name).join(", ");
  throw invalid(`format must be one of ${names}; was ${show(name)}`);
}
