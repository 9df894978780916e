import type { Repositories } from "../../ports/repositories.js";
import { DrizzleAccountRepository } from "./accounts.js";
import { DrizzleAdoptionRepository } from "./adoptions.js";
import { DrizzleAnnotationRepository } from "./annotations.js";
import { DrizzleCashRepository } from "./cash.js";
import { DrizzleClosingRepository } from "./closings.js";
import { DrizzleComplianceRepository } from "./compliance.js";
import { DrizzleContractRepository } from "./contracts.js";
import { DrizzleDayRepository } from "./days.js";
import { DrizzleExplanationRepository } from "./explanations.js";
import { DrizzleFeeRepository } from "./fees.js";
import { DrizzleFillRepository } from "./fills.js";
import type { Session } from "./handle.js";
import { DrizzleIntentRepository } from "./intents.js";
import { DrizzleLotRepository } from "./lots.js";
import { DrizzleMadeReads } from "./made.js";
import { DrizzleMarkRepository } from "./marks.js";
import { DrizzleMatchRepository } from "./matches.js";
import { DrizzleOrderRepository } from "./orders.js";
import { DrizzleOutboxRepository } from "./outbox.js";
import { DrizzlePositionSnapshotRepository } from "./position-snapshots.js";
import { DrizzlePositionRepository } from "./positions.js";
import { DrizzleQuarantineRepository } from "./quarantine.js";
import { DrizzleResultSumRepository } from "./result-sums.js";
import { DrizzleResultRepository } from "./results.js";
import { DrizzleSnapshotRepository } from "./snapshots.js";
import { DrizzleSyncRepository } from "./sync.js";
import { DrizzleTableRepository } from "./tables.js";
import { DrizzleTradeRepository } from "./trades.js";

/** All repositories of one unit of work. */
export function repositoriesOf(session: Session): Repositories {
  return {
    accounts: new DrizzleAccountRepository(session),
    compliance: new DrizzleComplianceRepository(session),
    contracts: new DrizzleContractRepository(session),
    orders: new DrizzleOrderRepository(session),
    fills: new DrizzleFillRepository(session),
    lots: new DrizzleLotRepository(session),
    marks: new DrizzleMarkRepository(session),
    matches: new DrizzleMatchRepository(session),
    trades: new DrizzleTradeRepository(session),
    positions: new DrizzlePositionRepository(session),
    days: new DrizzleDayRepository(session),
    intents: new DrizzleIntentRepository(session),
    explanations: new DrizzleExplanationRepository(session),
    sync: new DrizzleSyncRepository(session),
    cash: new DrizzleCashRepository(session),
    adoptions: new DrizzleAdoptionRepository(session),
    closings: new DrizzleClosingRepository(session),
    snapshots: new DrizzleSnapshotRepository(session),
    positionSnapshots: new DrizzlePositionSnapshotRepository(session),
    sums: new DrizzleResultSumRepository(session),
    results: new DrizzleResultRepository(session),
    made: new DrizzleMadeReads(session),
    annotations: new DrizzleAnnotationRepository(session),
    quarantine: new DrizzleQuarantineRepository(session),
    outbox: new DrizzleOutboxRepository(session),
    fees: new DrizzleFeeRepository(session),
    tables: new DrizzleTableRepository(session),
  };
}
