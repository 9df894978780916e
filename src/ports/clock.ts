import type { InjectionToken } from "tsyringe";
import type { Instant } from "../domain/instant.js";

/** The wall clock: only for when we learnt a thing, never for when it happened. */
export interface Clock {
  now(): Instant;
}
export const Clock: InjectionToken<Clock> = Symbol("Clock");
