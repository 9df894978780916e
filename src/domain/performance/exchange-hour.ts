import { exchangeHours } from "../exchange-time.js";
import type { Instant } from "../instant.js";

/** The hour of an instant in Chicago, 0 to 23. */
export const exchangeHour = (at: Instant): number => ((exchangeHours(at) % 24) + 24) % 24;
