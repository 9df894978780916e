import type { RecordedEvent } from "../../src/index.js";
import type { Desk } from "./desk.js";

/** What a consumer has heard of one account. */
export class Listener {
  readonly heard: RecordedEvent[] = [];

  constructor(readonly desk: Desk) {}

  /** Hears all from the start, under a name of its own. */
  async all(name = `reader-of-${this.desk.account}`): Promise<readonly RecordedEvent[]> {
    const { events } = this.desk.blotter;
    const subscription = events.subscribe(name, (event) => this.hear(event), { from: "start" });
    await events.drain();
    await subscription.unsubscribe();
    return this.heard;
  }

  hear(event: RecordedEvent): void {
    if (event.accountId === this.desk.account) this.heard.push(event);
  }
}

export const heardBy = (desk: Desk) => new Listener(desk).all();
export const typesOf = (events: readonly RecordedEvent[]) => events.map((event) => event.type);
export const sequencesOf = (events: readonly RecordedEvent[]) =>
  events.map((event) => event.sequence);
