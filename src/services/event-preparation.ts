import { inject, injectable } from "tsyringe";
import { invalid } from "../domain/errors.js";
import { parseFill } from "../domain/fill.js";
import type { AccountId } from "../domain/ids.js";
import { parseInstant } from "../domain/instant.js";
import { parseOrder } from "../domain/order-report.js";
import type { StrategyRule } from "../domain/strategy.js";
import type { BrokerEvent } from "../ports/broker.js";
import { StrategyOfTag } from "../ports/strategy.js";
import { AccountBook } from "./account-book.js";
import { ContractBook } from "./contract-book.js";
import type { WrittenEvent } from "./event-writer.js";
import { type Refused, reasonOf, refusedInput } from "./quarantine.js";

/** An event as a unit of work can take it, or why it cannot. */
export type PreparedEvent =
  | { readonly accountId: AccountId; readonly written: WrittenEvent; readonly refused?: undefined }
  | { readonly refused: Refused; readonly written?: undefined };

/** Checks what a broker said, and finds its account and contract, before any unit of work is opened. */
@injectable()
export class EventPreparation {
  constructor(
    @inject(AccountBook) private readonly accounts: AccountBook,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(StrategyOfTag) private readonly strategyOf: StrategyRule,
  ) {}

  /** Orders and fills; anything else is refused. */
  async prepare(event: BrokerEvent): Promise<PreparedEvent> {
    try {
      return await this.#checked(event);
    } catch (error) {
      const why = reasonOf(error);
      if (why === null) throw error;
      return { refused: refusedInput(event, why) };
    }
  }

  async #checked(event: BrokerEvent): Promise<PreparedEvent> {
    switch (event.kind) {
      case "order": {
        const { input } = event;
        const accountId = await this.accounts.require(input.accountId);
        const at = parseInstant(input.createdAt, "createdAt");
        const contract = await this.contracts.resolve(input.contract, at);
        const report = { ...parseOrder(input, contract, this.strategyOf), accountId };
        return { accountId, written: { kind: "order", event, report } };
      }
      case "fill": {
        const { input } = event;
        const accountId = await this.accounts.require(input.accountId);
        const at = parseInstant(input.executedAt, "execution time");
        const contract = await this.contracts.resolve(input.contract, at);
        const report = { ...parseFill(input, contract), accountId };
        return { accountId, written: { kind: "fill", event, report } };
      }
      case "unreadable":
        throw invalid(event.input.message);
      case "account":
      case "position":
      case "quote":
        throw invalid(`a ${event.kind} is no fact that is booked`);
    }
  }
}
