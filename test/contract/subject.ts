import type { OpenBlotter } from "../stores.js";

/** The open store that the parts of a suite share; each test trades in accounts of its own. */
export type Subject = () => OpenBlotter;
