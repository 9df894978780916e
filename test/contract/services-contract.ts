import { describe } from "vitest";
import { describeAccounts } from "./accounts-contract.js";
import { describeAdoption } from "./adoption-contract.js";
import { describeCompliance } from "./compliance-contract.js";
import { describeCorrections } from "./corrections-contract.js";
import { describeDelivery } from "./delivery-contract.js";
import { describeEvents } from "./events-contract.js";
import { describeFillTellings, describeVoids } from "./fill-tellings-contract.js";
import { describeIntake } from "./intake-contract.js";
import { describeMarks } from "./marks-contract.js";
import { describeModelledCosts } from "./modelled-costs-contract.js";
import { describeOrderLifecycle, describeRefusals } from "./order-lifecycle-contract.js";
import { describePages } from "./pages-contract.js";
import { describePerformanceWithCash } from "./performance-cash-contract.js";
import { describePerformance } from "./performance-contract.js";
import { describeQuarantineRetry } from "./quarantine-retry-contract.js";
import { describeExplanations, describeReconciliation } from "./reconciliation-contract.js";
import { describeStandIns } from "./stand-ins-contract.js";
import type { Subject } from "./subject.js";
import { describeSubmission } from "./submission-contract.js";

/** What the services promise, the same on every store. */
export function describeServices(subject: Subject): void {
  describe("services", () => {
    describeOrderLifecycle(subject);
    describeRefusals(subject);
    describeFillTellings(subject);
    describeVoids(subject);
    describeCorrections(subject);
    describeStandIns(subject);
    describeModelledCosts(subject);
    describeQuarantineRetry(subject);
    describeMarks(subject);
    describeIntake(subject);
    describeSubmission(subject);
    describeReconciliation(subject);
    describeExplanations(subject);
    describeCompliance(subject);
    describePerformance(subject);
    describePerformanceWithCash(subject);
    describeEvents(subject);
    describeDelivery(subject);
    describeAccounts(subject);
    describeAdoption(subject);
    describePages(subject);
  });
}
