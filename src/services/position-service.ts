import { inject, injectable } from "tsyringe";
import { contractEnd, type EndedPosition, hasEnded } from "../domain/expiry.js";
import { compareText } from "../domain/ids.js";
import { type InstantInput, parseInstant } from "../domain/instant.js";
import { comparePlaces } from "../domain/lot.js";
import { netQuantityOf, type Position } from "../domain/position.js";
import { Clock } from "../ports/clock.js";
import { positionPrices } from "../ports/position-prices.js";
import type {
  ClosedFilter,
  PositionService,
  RowFilter,
  ValuedPosition,
} from "../ports/services.js";
import { Store } from "../ports/store.js";
import { requireContract } from "../ports/stored-contract.js";
import { ContractBook } from "./contract-book.js";
import { findAccount, RowReader } from "./row-reader.js";

@injectable()
export class StoredPositionService implements PositionService {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(RowReader) private readonly rows: RowReader,
  ) {}

  async open(filter: RowFilter = {}): Promise<readonly Position[]> {
    return this.rows.read(filter, byOpening, (repos, query) => repos.positions.list(query, "open"));
  }

  async valued(filter: RowFilter = {}): Promise<readonly ValuedPosition[]> {
    const compare = (a: ValuedPosition, b: ValuedPosition) => byOpening(a.position, b.position);
    return this.rows.read(filter, compare, async (repos, query) => {
      const open = await repos.positions.list(query, "open");
      const prices = await positionPrices(query.accountId, repos);
      return open.map((position) => {
        return { position, price: prices.get(position.positionId) ?? null };
      });
    });
  }

  async ended(filter: RowFilter = {}, at?: InstantInput): Promise<readonly EndedPosition[]> {
    const now = at === undefined ? this.clock.now() : parseInstant(at, "at");
    const compare = (a: EndedPosition, b: EndedPosition) => byOpening(a.position, b.position);
    return this.rows.read(filter, compare, async (repos, query) => {
      const found: EndedPosition[] = [];
      for (const position of await repos.positions.list(query, "open")) {
        const contract = await requireContract(position.contractId, repos);
        const end = contractEnd(contract);
        if (end && hasEnded(contract, now)) found.push({ position, end });
      }
      return found;
    });
  }

  async closed(filter: ClosedFilter = {}): Promise<readonly Position[]> {
    return this.rows.read(filter, byClosing, (repos, query) =>
      repos.positions.list(query, "closed"),
    );
  }

  async netQuantity(account: string, contract: string): Promise<number> {
    const { contractId } = await this.contracts.understand(contract, this.clock.now());
    return this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, account);
      const position = await repos.positions.lastOpened(accountId, contractId, null);
      return netQuantityOf(position);
    });
  }
}

function byOpening(a: Position, b: Position): number {
  return (
    comparePlaces(openingOf(a), openingOf(b)) ||
    compareText(a.contractId, b.contractId) ||
    compareText(a.accountId, b.accountId)
  );
}

/** Canonical order of closed trades, for whole positions. */
function byClosing(a: Position, b: Position): number {
  return (
    (a.closedAt ?? 0) - (b.closedAt ?? 0) ||
    compareText(a.lastFillKey, b.lastFillKey) ||
    comparePlaces(openingOf(a), openingOf(b)) ||
    compareText(a.accountId, b.accountId) ||
    compareText(a.contractId, b.contractId)
  );
}

function openingOf({ openedAt: executedAt, openFillKey: fillKey }: Position) {
  return { executedAt, fillKey };
}
