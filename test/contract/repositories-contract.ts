import { beforeAll, describe } from "vitest";
import {
  describeAdoptionRows,
  describeCashRows,
  describeClosingRows,
  describePositionSnapshotRows,
  describeSnapshotRows,
} from "./account-rows-contract.js";
import {
  describeExplanationRows,
  describeIntentRows,
  describeMarkRows,
  describeOwnRows,
  describeSyncRows,
} from "./broker-rows-contract.js";

import { describeComplianceRows } from "./compliance-rows-contract.js";
import { describeLotRows, describeMatchRows, describeTradeRows } from "./derived-rows-contract.js";
import { describeFeeRows } from "./fee-rows-contract.js";
import { describeFillQueries } from "./fill-queries-contract.js";
import { describeFillRows } from "./fill-rows-contract.js";
import { MES, MNQ } from "./made-up-rows.js";
import { describeOrderHistory, describeOrderRows } from "./order-rows-contract.js";
import { describeOutboxRows, describePositionRows } from "./position-rows-contract.js";
import {
  describeAccountRows,
  describeContractRows,
  describeDayRows,
  describeQuarantineRows,
} from "./reference-rows-contract.js";
import { describeRiskRows } from "./risk-rows-contract.js";
import type { Subject } from "./subject.js";
import { describeTableRows } from "./table-rows-contract.js";

/** What every repository method promises, on rows that are hard to keep. */
export function describeRepositories(subject: Subject): void {
  describe("repositories", () => {
    beforeAll(() =>
      subject().blotter.store.write("global", async (repos) => {
        for (const contract of [MNQ, MES]) await repos.contracts.insert(contract);
      }),
    );

    describeAccountRows(subject);
    describeContractRows(subject);
    describeOrderRows(subject);
    describeOrderHistory(subject);
    describeFillRows(subject);
    describeFillQueries(subject);
    describeLotRows(subject);
    describeMatchRows(subject);
    describeTradeRows(subject);
    describePositionRows(subject);
    describeRiskRows(subject);
    describeDayRows(subject);
    describeCashRows(subject);
    describeAdoptionRows(subject);
    describeClosingRows(subject);
    describeSnapshotRows(subject);
    describePositionSnapshotRows(subject);
    describeComplianceRows(subject);
    describeQuarantineRows(subject);
    describeOutboxRows(subject);
    describeTableRows(subject);
    describeMarkRows(subject);
    describeIntentRows(subject);
    describeExplanationRows(subject);
    describeSyncRows(subject);
    describeOwnRows(subject);
    describeFeeRows(subject);
  });
}
