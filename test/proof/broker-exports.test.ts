import { createBlotter } from "../../src/index.js";
import { describeBrokerExports } from "./broker-exports.js";

describeBrokerExports("SQLite in memory", () => createBlotter({ url: ":memory:" }));
