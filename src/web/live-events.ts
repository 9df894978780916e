import type { Api } from "./api.js";

const RETRY_MS = 1_000;

export interface LiveListener {
  /** Something was recorded. */
  onEvent(): void;
  onState(connected: boolean): void;
}

/** Follows the event stream for as long as the page is there, from the last event on after every break. */
export async function followEvents(api: Api, listener: LiveListener): Promise<never> {
  let lastEventId: string | null = null;
  for (;;) {
    try {
      const response = await api.events(lastEventId, new AbortController().signal);
      listener.onState(true);
      // What came while there was no stream is not in it when it begins now.
      if (lastEventId === null) listener.onEvent();
      for await (const id of idsOf(response)) {
        lastEventId = id;
        listener.onEvent();
      }
    } catch {
      // The server is away or refused: told by the state, and tried again.
    }
    listener.onState(false);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

async function* idsOf(response: Response): AsyncIterable<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    if (done) return;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const id = /^id: (.*)$/m.exec(block)?.[1];
      if (id !== undefined) yield id;
    }
  }
}
