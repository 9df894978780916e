import type { InjectionToken } from "tsyringe";
import type { StrategyRule } from "../domain/strategy.js";

/** How an order's custom tag names its strategy. */
export const StrategyOfTag: InjectionToken<StrategyRule> = Symbol("StrategyOfTag");
