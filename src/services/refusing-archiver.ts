import type { BackupContent, BackupEngine } from "../domain/backup.js";
import { BlotterError } from "../domain/errors.js";
import type { Restored, StoreArchiver } from "../ports/backup.js";

/** Stands in for the archiver of a store that cannot be backed up while it is open: says what to do instead. */
export class RefusingArchiver implements StoreArchiver {
  readonly engine: BackupEngine = "sqlite";
  readonly ending = "";

  /** @param storeName what it cannot copy */
  constructor(readonly storeName: string) {}

  copy(): Promise<BackupContent> {
    return Promise.reject(this.#refusal());
  }

  head(): Promise<BackupContent["head"]> {
    return Promise.reject(this.#refusal());
  }

  restore(): Promise<Restored> {
    return Promise.reject(this.#refusal());
  }

  #refusal(): BlotterError {
    return new BlotterError(
      "unsupported",
      `${this.storeName} has no backups of its own: use blotter copy --to file:PATH, or blotter export`,
    );
  }
}
