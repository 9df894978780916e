import type { InjectionToken } from "tsyringe";

/** Which Blotter this is. */
export interface Version {
  /** As in package.json. */
  readonly blotter: string;
}
export const Version: InjectionToken<Version> = Symbol("Version");
