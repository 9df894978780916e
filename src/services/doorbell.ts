/** Tells the delivery of events that something was committed in this process. */
export class Doorbell {
  #listener: () => void = () => undefined;

  listen(listener: () => void): void {
    this.#listener = listener;
  }

  ring(): void {
    this.#listener();
  }
}
