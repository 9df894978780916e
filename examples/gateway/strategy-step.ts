import type { CancelRequest, CloseRequest, PlaceRequest } from "./gateway-requests.js";

/**
 * One thing that a strategy asks of its broker, or of time. Strategies are generators of steps, so
 * that the same strategy runs against an engine within a millisecond, or against a REST client.
 */
export type Step =
  | { readonly do: "place"; readonly request: PlaceRequest }
  | { readonly do: "cancel"; readonly request: CancelRequest }
  | { readonly do: "close"; readonly request: CloseRequest }
  /** The newest price of a contract, in points. */
  | { readonly do: "price"; readonly contractId: string }
  /** Contracts of an order that have filled. */
  | { readonly do: "filled"; readonly orderId: number }
  /** News, which the strategy does not know of: the next price is so many ticks away. */
  | { readonly do: "news"; readonly contractId: string; readonly ticks: number }
  /** Goes on at this instant. */
  | { readonly do: "wait"; readonly untilUs: number };

/** An order's id, a price or a number of contracts; null where there is none. */
export type StepAnswer = number | null;

export type Strategy = Generator<Step, void, StepAnswer>;
export type Asking<T> = Generator<Step, T, StepAnswer>;
