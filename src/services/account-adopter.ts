import { inject, injectable } from "tsyringe";
import {
  type Adoption,
  type AdoptionInput,
  type AdoptionReport,
  adoptionFacts,
  lotFills,
  parseAdoption,
  sameAdoption,
} from "../domain/adoption.js";
import type { Contract } from "../domain/contract.js";
import { BlotterError } from "../domain/errors.js";
import { parseFill } from "../domain/fill.js";
import { type AccountId, fillId, type OrderId } from "../domain/ids.js";
import { formatInstant, type Instant, parseInstant } from "../domain/instant.js";
import type { FillPlace } from "../domain/lot.js";
import { formatMoney } from "../domain/money.js";
import { plainAdoption } from "../domain/plain.js";
import type { AdoptionOutcome } from "../ports/account-service.js";
import { Clock } from "../ports/clock.js";
import { ComplianceMonitor } from "../ports/compliance.js";
import { Ids } from "../ports/ids.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { Store } from "../ports/store.js";
import { BookRebuilder } from "./book-rebuilder.js";
import { ContractBook } from "./contract-book.js";
import { FactRecorder } from "./fact-recorder.js";
import { FeeBook } from "./fee-book.js";

const PAGE = 1_000;
const BEGINNING = 0 as Instant;

/** Begins the records of a running account at an instant, in one unit of work; its books are rebuilt from there. */
@injectable()
export class AccountAdopter {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(FactRecorder) private readonly facts: FactRecorder,
    @inject(FeeBook) private readonly fees: FeeBook,
    @inject(ComplianceMonitor) private readonly compliance: ComplianceMonitor,
  ) {}

  async adopt(accountId: AccountId, input: AdoptionInput): Promise<AdoptionOutcome> {
    const at = parseInstant(input.at, "at");
    const contracts: Contract[] = [];
    for (const lot of input.openLots ?? []) {
      contracts.push(await this.contracts.resolve(lot.contract, at));
    }
    const report = parseAdoption(input, accountId, contracts);
    return this.store.write(accountId, async (repos) => {
      const current = await repos.adoptions.current(accountId);
      if (current && sameAdoption(current, report)) return { outcome: "known", adoption: current };
      if (current && input.correct !== true) throw conflict(current);
      const adoption = this.#checked(report, current);
      await this.#begin(adoption, current, contracts, repos);
      return { outcome: current ? "corrected" : "recorded", adoption };
    });
  }

  #checked(report: AdoptionReport, current: Adoption | null): Adoption {
    const adoption = { ...report, revision: current ? current.revision + 1 : 0 };
    return { ...adoption, checksum: this.ids.checksum(adoptionFacts(adoption)) };
  }

  async #begin(
    adoption: Adoption,
    current: Adoption | null,
    contracts: readonly Contract[],
    repos: Repositories,
  ): Promise<void> {
    const { accountId, at } = adoption;
    await repos.adoptions.insert(adoption);
    if (current) await this.#dropLots(current, repos);
    const until = Math.max(at, current?.at ?? at) as Instant;
    await this.facts.resettle(accountId, await ordersBefore(accountId, until, repos), repos);
    for (const [i, fill] of this.#lots(adoption).entries()) {
      const contract = contracts[i];
      if (contract) await this.facts.fill(parseFill(fill, contract), repos);
    }
    await new BookRebuilder(this.store, this.ids, this.fees).account(accountId, repos);
    const event = { type: "account.adopted" as const, payload: plainAdoption(adoption) };
    const now = this.clock.now();
    await repos.outbox.append(accountId, [event], now);
    // Nothing of before counts as it did: every day is judged anew.
    await this.compliance.review(accountId, { kind: "since", at: BEGINNING }, repos, now);
  }

  #lots(adoption: Adoption) {
    return lotFills(adoption, (text) => this.ids.checksum(text));
  }

  /** The lots of the adoption before are no more: each correction names its own. */
  async #dropLots(adoption: Adoption, repos: Repositories): Promise<void> {
    for (const lot of this.#lots(adoption)) {
      await this.facts.version(
        {
          accountId: adoption.accountId,
          fillId: fillId(lot.fillId),
          standIn: false,
          revision: 0,
          kind: "void",
          content: {},
          reason: "the adoption was corrected",
          source: "adoption",
        },
        repos,
      );
    }
  }
}

/** Orders that have fills before an instant. */
async function ordersBefore(
  accountId: AccountId,
  at: Instant,
  repos: ReadRepositories,
): Promise<ReadonlySet<OrderId>> {
  const orders = new Set<OrderId>();
  let after: FillPlace | null = null;
  for (;;) {
    const page = await repos.fills.page(accountId, after, PAGE);
    const earlier = page.filter((fill) => fill.executedAt < at);
    for (const fill of earlier) orders.add(fill.orderId);
    after = page[page.length - 1] ?? null;
    if (earlier.length < PAGE) return orders;
  }
}

function conflict({ accountId, at, balance }: Adoption): BlotterError {
  return new BlotterError(
    "conflict",
    `account ${accountId} was adopted with other facts, as of ${formatInstant(at)} with ${formatMoney(balance)}: say that it is a correction to replace them`,
  );
}
