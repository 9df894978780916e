import { inject, injectable } from "tsyringe";
import { Clock } from "../ports/clock.js";
import { ComplianceMonitor } from "../ports/compliance.js";
import type { Repositories } from "../ports/repositories.js";
import { TradeConsolidator } from "../ports/services.js";
import { ContractBook } from "./contract-book.js";
import { EventWriter, type WriterParts } from "./event-writer.js";
import { FactRecorder } from "./fact-recorder.js";
import { OrderRecorder } from "./order-recorder.js";
import { PositionExplainer } from "./position-explainer.js";
import { Quarantine } from "./quarantine.js";

/** Makes the writer of a unit of work. */
@injectable()
export class WriterFactory {
  readonly #parts: WriterParts;

  constructor(
    @inject(FactRecorder) facts: FactRecorder,
    @inject(OrderRecorder) orderFacts: OrderRecorder,
    @inject(PositionExplainer) explainer: PositionExplainer,
    @inject(TradeConsolidator) consolidator: TradeConsolidator,
    @inject(ComplianceMonitor) compliance: ComplianceMonitor,
    @inject(ContractBook) contracts: ContractBook,
    @inject(Quarantine) quarantine: Quarantine,
    @inject(Clock) clock: Clock,
  ) {
    const books = { facts, orderFacts, explainer, consolidator, compliance };
    this.#parts = { ...books, contracts, quarantine, clock };
  }

  /**
   * @param options.keepGoing put what the store contradicts into quarantine instead of failing
   * @param options.overrule take the present word of the broker where it contradicts a booked fill
   */
  writer(
    repos: Repositories,
    options: { readonly keepGoing: boolean; readonly overrule?: boolean },
  ): EventWriter {
    return new EventWriter(this.#parts, repos, options.keepGoing, options.overrule);
  }
}
