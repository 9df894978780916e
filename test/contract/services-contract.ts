import type { StoreKind } from "../stores.js";
import { describeAccounts } from "./accounts-contract.js";
import { describeAdoption } from "./adoption-contract.js";
import { describeCompliance } from "./compliance-contract.js";
import { describeCorrections } from "./corrections-contract.js";
import { describeDelivery } from "./delivery-contract.js";
import { describeEvents } from "./events-contract.js";
import { describeFillTellings, describeVoids } from "./fill-tellings-contract.js";
import { describeIntake } from "./intake-contract.js";
import { describeKeptRisks } from "./kept-risks-contract.js";
import { describeMade } from "./made-contract.js";
import { describeMarks } from "./marks-contract.js";
import { describeModelledCosts } from "./modelled-costs-contract.js";
import { onOneStore } from "./one-store.js";
import { describeOrderLifecycle, describeRefusals } from "./order-lifecycle-contract.js";
import { describePackedResults } from "./packed-results-contract.js";
import { describePages } from "./pages-contract.js";
import { describePerformanceWithCash } from "./performance-cash-contract.js";
import { describePerformance } from "./performance-contract.js";
import { describeQuarantineRetry } from "./quarantine-retry-contract.js";
import { describeExplanations, describeReconciliation } from "./reconciliation-contract.js";
import { describeStandIns } from "./stand-ins-contract.js";
import { describeSubmission } from "./submission-contract.js";
import { describeWritten } from "./written-contract.js";

/** What the services promise of orders and fills, the same on every store. */
export function describeBookServices(kind: StoreKind): void {
  onOneStore(`the books on ${kind.name}`, kind, (subject) => {
    describeOrderLifecycle(subject);
    describeRefusals(subject);
    describeFillTellings(subject);
    describeVoids(subject);
    describeCorrections(subject);
    describeStandIns(subject);
    describeModelledCosts(subject);
    describeQuarantineRetry(subject);
    describeEvents(subject);
    describeDelivery(subject);
  });
}

/** What they promise of the broker's stream and history. */
export function describeBrokerServices(kind: StoreKind): void {
  onOneStore(`the broker on ${kind.name}`, kind, (subject) => {
    describeMarks(subject);
    describeIntake(subject);
    describeSubmission(subject);
    describeReconciliation(subject);
    describeExplanations(subject);
    describeMade(subject);
  });
}

/** What they promise of accounts, rules and results. */
export function describeAccountServices(kind: StoreKind): void {
  onOneStore(`accounts on ${kind.name}`, kind, (subject) => {
    describeAccounts(subject);
    describeAdoption(subject);
    describeCompliance(subject);
    describePerformance(subject);
    describePerformanceWithCash(subject);
    describePackedResults(subject);
    describeWritten(subject);
    describeKeptRisks(subject);
  });
  // Lists over all accounts: in a store of their own, they are as long as they say.
  onOneStore(`lists on ${kind.name}`, kind, describePages);
}
