import type { InjectionToken } from "tsyringe";
import type { FeeEntry } from "../domain/fees.js";

/** The fee tables that come with Blotter: what brokers charged, as seen in their own rows. */
export const KnownFees: InjectionToken<readonly FeeEntry[]> = Symbol("KnownFees");
