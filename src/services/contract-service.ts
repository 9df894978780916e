import { inject, injectable } from "tsyringe";
import type { Contract } from "../domain/contract.js";
import { BlotterError } from "../domain/errors.js";
import { compareText } from "../domain/ids.js";
import { type InstantInput, parseInstant } from "../domain/instant.js";
import { type Product, type ProductInput, parseProduct } from "../domain/product.js";
import { parseTradingDay } from "../domain/trading-day.js";
import { type ContractService, QuarantineService } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { ContractBook } from "./contract-book.js";

@injectable()
export class StoredContractService implements ContractService {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(ContractBook) private readonly book: ContractBook,
    @inject(QuarantineService) private readonly quarantine: QuarantineService,
  ) {}

  async resolve(text: string, at: InstantInput): Promise<Contract> {
    return this.book.resolve(text, parseInstant(at, "instant"));
  }

  async add(input: ProductInput): Promise<Product> {
    const product = parseProduct(input);
    const known = (await this.book.catalog()).all();
    const clash = known.find((p) => p.root === product.root || p.code === product.code);
    if (clash && !sameProduct(clash, product)) {
      throw new BlotterError(
        "conflict",
        `${product.root} (${product.code}) is known already as ${clash.root} (${clash.code}, ${clash.name}) and cannot be redefined`,
      );
    }
    if (clash) return clash;
    await this.store.write("global", (repos) => repos.contracts.insertProduct(product));
    await this.quarantine.retry();
    return product;
  }

  async expire(text: string, day: string): Promise<Contract> {
    const last = parseTradingDay(day);
    // The day is the contract's own time: a one-digit year is the nearest to it.
    const at = parseInstant(`${last}T00:00:00Z`, "last trading day");
    return this.book.setLastTradingDay(await this.book.resolve(text, at), last);
  }

  async products(): Promise<readonly Product[]> {
    const all = [...(await this.book.catalog()).all()];
    return all.sort((a, b) => compareText(a.root, b.root));
  }

  async contracts(): Promise<readonly Contract[]> {
    return this.store.read((repos) => repos.contracts.list());
  }
}

function sameProduct(a: Product, b: Product): boolean {
  return (
    a.root === b.root &&
    a.code === b.code &&
    a.tickSize === b.tickSize &&
    a.pointValue === b.pointValue &&
    a.dated === b.dated
  );
}
