import type { GatewayAccount } from "./gateway-account.js";
import type { ContractMarket } from "./gateway-market.js";
import { DAY_US, HOUR_US } from "./gateway-time.js";

/** What a prop firm lets an account lose and hold. Money in US dollars. */
export interface FirmLimits {
  /** Net of a day, realised and open; when it is lost, the account is locked until the day ends. */
  readonly dailyLoss: number;
  /** Below the highest balance at a day's end, never above the start; below it, for good. */
  readonly maxLoss: number;
  /** Larger orders are refused. */
  readonly maxContracts: number;
  /** Whether the firm closes what is open when it locks an account, or leaves that to its owner. */
  readonly liquidates: boolean;
}

/** The firm's own watch over one account, from its own figures: it knows nothing of a bot's books. */
export class FirmDesk {
  #day = Number.NEGATIVE_INFINITY;
  #dayStartMicros: number;
  #highestMicros: number;
  #isLost = false;

  constructor(
    readonly account: GatewayAccount,
    private readonly limits: FirmLimits,
  ) {
    this.#dayStartMicros = account.balanceMicros;
    this.#highestMicros = account.balanceMicros;
  }

  /** @returns whether the account was let in again by the end of a day */
  roll(us: number): boolean {
    const day = dayOf(us);
    if (day === this.#day) return false;
    this.#day = day;
    this.#dayStartMicros = this.account.balanceMicros;
    this.#highestMicros = Math.max(this.#highestMicros, this.account.balanceMicros);
    const isLetIn = !this.account.canTrade && !this.#isLost;
    if (isLetIn) this.account.canTrade = true;
    return isLetIn;
  }

  /** Looks at what the account is worth. @returns whether it was locked just now */
  look(markets: readonly ContractMarket[]): boolean {
    const { account, limits } = this;
    if (!account.canTrade) return false;
    const equity = account.balanceMicros + openMicros(account, markets);
    const floor = Math.min(account.startMicros, this.#highestMicros - micros(limits.maxLoss));
    this.#isLost = equity < floor;
    const isDayLost = this.#dayStartMicros - equity >= micros(limits.dailyLoss);
    if (!this.#isLost && !isDayLost) return false;
    account.canTrade = false;
    return true;
  }

  /** Why an order is refused, leaving no trace at the exchange; null when it is not. */
  objectionTo(size: number): string | null {
    const { account, limits } = this;
    if (this.#isLost) return "The account is lost: maximum loss limit.";
    if (!account.canTrade)
      return "The account is locked until the end of the day: daily loss limit.";
    if (size <= limits.maxContracts) return null;
    return `${size} contracts are more than the ${limits.maxContracts} that the account may hold.`;
  }
}

/** The result of everything open at the last prices. */
function openMicros(account: GatewayAccount, markets: readonly ContractMarket[]): number {
  let sum = 0;
  for (const { contract, quote } of markets) {
    for (const { quantity, price } of account.position(contract).lots) {
      sum += quantity * (quote.last - price) * contract.tickValueMicros;
    }
  }
  return sum;
}

const micros = (dollars: number): number => Math.round(dollars * 1e6);

/** Days end in the pause, when nothing trades: 22:00 UTC lies in it, summer and winter. */
const dayOf = (us: number): number => Math.floor((us + 2 * HOUR_US) / DAY_US);
