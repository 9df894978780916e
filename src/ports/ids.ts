import type { InjectionToken } from "tsyringe";

/** Names into ids and texts into checksums; pure functions, so a rebuild makes the same ones. */
export interface Ids {
  /** UUID version 5 (RFC 9562) of a name in Blotter's own namespace. */
  uuid(name: string): string;
  /** 64 bits over a text, as 16 hex digits. */
  checksum(text: string): string;
  /** SHA-256 over a text that comes in pieces. */
  digest(): Digest;
}
export const Ids: InjectionToken<Ids> = Symbol("Ids");

export interface Digest {
  update(text: string): void;
  /** The hash as hex; ends it. */
  hex(): string;
}
