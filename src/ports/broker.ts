import type { AccountInput } from "../domain/account.js";
import type { PositionSide } from "../domain/codes.js";
import type { FillInput } from "../domain/fill.js";
import type { InstantInput } from "../domain/instant.js";
import type { DecimalInput } from "../domain/money.js";
import type { OrderInput } from "../domain/order.js";

/** What a broker told us, in our words. Vendor words end in `brokers/`. */
export type BrokerEvent =
  | {
      readonly kind: "account";
      readonly input: AccountInput;
      /** What the broker says of the account at the moment of the event; a file does not tell that moment. */
      readonly told?: AccountTold;
    }
  | { readonly kind: "order"; readonly input: OrderInput }
  | { readonly kind: "fill"; readonly input: FillInput }
  | { readonly kind: "position"; readonly input: BrokerPosition | FlatPosition }
  | { readonly kind: "quote"; readonly input: QuoteInput }
  | { readonly kind: "unreadable"; readonly input: UnreadableInput };

/** The state of an account in its broker's words; null where the message did not say. */
export interface AccountTold {
  /** US dollars: realised results less costs, without open positions. */
  readonly balance: DecimalInput | null;
  readonly canTrade: boolean | null;
}

/** What a broker holds for an account now: one row a contract, never flat. */
export interface BrokerPosition {
  readonly accountId: string;
  /** Symbol or contract id. */
  readonly contract: string;
  readonly side: PositionSide;
  /** Contracts, from 1. */
  readonly quantity: number;
  readonly averagePrice: DecimalInput;
  readonly openedAt: InstantInput;
  readonly brokerPositionId: string;
}

/** The broker holds nothing of a contract any more. */
export interface FlatPosition {
  readonly accountId: string;
  /** Symbol or contract id. */
  readonly contract: string;
  readonly side: null;
  readonly quantity: 0;
  readonly averagePrice: null;
  /** When the position that is now closed was opened. */
  readonly openedAt: InstantInput;
  readonly brokerPositionId: string;
}

/** What a contract was worth at a moment. */
export interface QuoteInput {
  /** Symbol or contract id. */
  readonly contract: string;
  /** The last trade; where the message told none, the middle of bid and ask. */
  readonly price: DecimalInput;
  readonly bid?: DecimalInput;
  readonly ask?: DecimalInput;
  readonly at: InstantInput;
}

/** A payload that makes no sense, kept as it came. */
export interface UnreadableInput {
  readonly message: string;
  /** The payload as text. */
  readonly text: string;
  readonly source: string;
}

/** Why a row of a file cannot be read. */
export interface RowProblem {
  /** Name of the column or JSON field; null when the row as a whole is wrong. */
  readonly column: string | null;
  readonly message: string;
}

/** One row of a broker's file: what it tells, or why it cannot be read. */
export interface FileRow {
  /** The line in a CSV file (the header is 1), the position in a JSON array (the first is 1). */
  readonly row: number;
  /** The row as it stands in the file, for people and for quarantine. */
  readonly text: string;
  readonly events: readonly BrokerEvent[];
  readonly problem: RowProblem | null;
}

/** A kind of file that a broker or its platform writes. */
export interface FileFormat {
  /** As on the command line: `topstepx-orders`. */
  readonly name: string;
  readonly description: string;
  /**
   * Reads a file row by row. A row that cannot be read comes as a `problem`, and reading goes on.
   *
   * @throws BlotterError `invalid` when the file as a whole is not of this format: empty, a column missing
   *   (named), truncated JSON, another platform's export.
   */
  read(chunks: AsyncIterable<string>): AsyncIterable<FileRow>;
}
