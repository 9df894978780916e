import { inject, injectable } from "tsyringe";
import {
  type BackupKind,
  type BackupManifest,
  dueBackup,
  expiredBackups,
  newBackupName,
} from "../domain/backup.js";
import { BlotterError } from "../domain/errors.js";
import { compareText } from "../domain/ids.js";
import {
  BackupFolder,
  type BackupListeners,
  type BackupService,
  type CheckedBackup,
  type RestoreProgress,
  type RestoreReport,
  StoreArchiver,
} from "../ports/backup.js";
import { Clock } from "../ports/clock.js";
import { type ScheduledJob, Scheduler } from "../ports/scheduler.js";
import { Version } from "../ports/version.js";

/** Five past each hour: at 17:05 in Chicago the day's last fills are in the books. */
const EVERY_HOUR = "5 * * * *";
const EXCHANGE_TIME = "America/Chicago";
/** Copies that are kept for long are kept small. */
const COMPRESSED: ReadonlySet<BackupKind> = new Set(["weekly", "monthly"]);

/** A backup has a name only once it was opened again and found to hold what the store held. */
@injectable()
export class ProvedBackupService implements BackupService {
  constructor(
    @inject(StoreArchiver) private readonly archiver: StoreArchiver,
    @inject(BackupFolder) private readonly folder: BackupFolder,
    @inject(Clock) private readonly clock: Clock,
    @inject(Scheduler) private readonly scheduler: Scheduler,
    @inject(Version) private readonly version: Version,
  ) {}

  async create(kind: BackupKind = "manual"): Promise<BackupManifest> {
    const { engine, storeName, ending } = this.archiver;
    const draft = await this.folder.draft();
    try {
      const takenAt = this.clock.now();
      const content = await this.archiver.copy(draft.path);
      const compress = COMPRESSED.has(kind);
      const name = newBackupName(storeName, kind, takenAt, `${ending}${compress ? ".gz" : ""}`);
      const made = await this.folder.keep(
        draft,
        {
          format: 1,
          name,
          kind,
          engine,
          store: storeName,
          takenAt,
          blotter: this.version.blotter,
          ...content,
        },
        compress,
      );
      for (const { name: old } of expiredBackups(await this.list(), name)) {
        await this.folder.remove(old);
      }
      return made;
    } finally {
      await this.folder.discard(draft);
    }
  }

  async createIfDue(): Promise<BackupManifest | null> {
    const past = await this.list();
    const kind = dueBackup(past, this.clock.now());
    if (kind === null) return null;
    const newest = past.at(-1);
    const head = await this.archiver.head();
    const told = Object.entries(head).some(([id, sequence]) => newest?.head[id] !== sequence);
    // A quiet hour needs no copy; the first of a longer period is made all the same.
    return kind === "hourly" && newest && !told ? null : this.create(kind);
  }

  async list(): Promise<readonly BackupManifest[]> {
    const { engine, storeName } = this.archiver;
    const all = (await this.folder.list()).flatMap(({ manifest }) => manifest ?? []);
    return all
      .filter((backup) => backup.store === storeName && backup.engine === engine)
      .sort((a, b) => a.takenAt - b.takenAt || compareText(a.name, b.name));
  }

  async check(): Promise<readonly CheckedBackup[]> {
    const checked: CheckedBackup[] = [];
    for (const manifest of await this.list()) {
      const problem = await this.folder.problem(manifest);
      checked.push({ name: manifest.name, manifest, problem });
    }
    const unreadable = (await this.folder.list()).filter(({ manifest }) => manifest === null);
    return [...checked, ...unreadable];
  }

  async restore(
    nameOrPath: string,
    onProgress?: (progress: RestoreProgress) => void,
  ): Promise<RestoreReport> {
    const backup = await this.folder.manifest(nameOrPath);
    if (backup.engine !== this.archiver.engine) {
      throw new BlotterError(
        "unsupported",
        `${backup.name} is a backup of a ${backup.engine} store: restore it there, then blotter copy`,
      );
    }
    const restored = await this.archiver.restore(async (file) => {
      await this.folder.unpack(nameOrPath, backup, file, onProgress);
      onProgress?.({ step: "comparing", done: 0, total: null });
    }, backup);
    return { ...restored, backup };
  }

  schedule({ onDone, onError = warn }: BackupListeners = {}): ScheduledJob {
    return this.scheduler.schedule(EVERY_HOUR, EXCHANGE_TIME, async () => {
      try {
        const made = await this.createIfDue();
        if (made !== null) onDone?.(made);
      } catch (error) {
        onError(error);
      }
    });
  }
}

function warn(error: unknown): void {
  process.emitWarning(`a scheduled backup failed: ${String(error)}`);
}
