/** Lets one side of a test say when, and the other wait for it. */
export class Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;

  constructor() {
    let resolve: () => void = () => undefined;
    this.passed = new Promise((done) => {
      resolve = done;
    });
    this.open = resolve;
  }
}
