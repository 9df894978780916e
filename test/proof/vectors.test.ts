import { createBlotter } from "../../src/index.js";
import { describeVectors } from "./vectors.js";

describeVectors("SQLite in memory", () => createBlotter({ url: ":memory:" }));
