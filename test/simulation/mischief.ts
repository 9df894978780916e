import { ExchangeErrors } from "../../examples/gateway/exchange-errors.js";
import { HubFaults } from "../../examples/gateway/hub-faults.js";
import { between, type Random, seededRandom } from "../../examples/gateway/random.js";
import { RestFaults } from "../../examples/gateway/rest-faults.js";

/** All that goes wrong in one simulated life of a bot. The seed decides which of it, and how often. */
export interface Mischief {
  readonly random: Random;
  readonly hub: HubFaults;
  readonly rest: RestFaults;
  readonly exchange: ExchangeErrors;
  /** Share of trades whose commission the stream does not tell. */
  readonly lateCommissions: number;
  /** Chance of a crash in any breath of the bot, and of an orderly restart. */
  readonly crash: number;
  readonly restart: number;
  /** Chance that the bot reconciles when it has started or reconnected; it always does at the end. */
  readonly syncOnTheWay: number;
}

export function mischiefOf(seed: number): Mischief {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ 0x5eed);
  // Most kinds are absent from most seeds, so that a failing seed points at its cause.
  const sometimes = (most: number): number => (random() < 0.5 ? 0 : random() * most);
  const hubSeed = between(random, 1, 2 ** 30);
  return {
    random,
    hub: new HubFaults(hubSeed, {
      drop: sometimes(0.3),
      repeat: sometimes(0.3),
      reorder: sometimes(0.4),
      delay: sometimes(0.2),
      disconnect: sometimes(0.03),
    }),
    rest: new RestFaults(hubSeed + 1, {
      tooMany: sometimes(0.15),
      serverError: sometimes(0.15),
      expiredToken: sometimes(0.1),
      truncated: sometimes(0.15),
      lostAnswer: sometimes(0.1),
      neverArrived: sometimes(0.1),
    }),
    exchange: new ExchangeErrors(hubSeed + 2, {
      void: sometimes(0.1),
      correct: sometimes(0.1),
    }),
    lateCommissions: sometimes(0.3),
    crash: sometimes(0.25),
    restart: sometimes(0.1),
    syncOnTheWay: random() < 0.3 ? 1 : sometimes(1),
  };
}
