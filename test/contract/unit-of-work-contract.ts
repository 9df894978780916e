import { beforeAll, describe, expect, it } from "vitest";
import type { AccountId } from "../../src/domain/ids.js";
import type { Blotter } from "../../src/index.js";
import type { Repositories } from "../../src/ports/repositories.js";
import { freshAccount } from "./fresh-account.js";
import { fillRow, lotOf, MNQ, moment, orderRow } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

export type Work = (repos: Repositories) => Promise<unknown>;

/** Atomic writes, and what breaks them as errors of ours. */
export function describeAtomicWrites(subject: Subject): void {
  describe("a write", () => {
    let blotter: Blotter;
    let account: AccountId;
    beforeAll(async () => {
      blotter = subject().blotter;
      account = await freshAccount(blotter);
      await blotter.store.write("global", (repos) => repos.contracts.insert(MNQ));
    });
    const written = async () => {
      const query = { accountId: account };
      return blotter.store.read(async (repos) => [
        await repos.orders.list(query),
        await repos.outbox.last(account),
      ]);
    };

    it("hands back what its work returns", async () => {
      expect(await blotter.store.write(account, async () => 42)).toBe(42);
      expect(await blotter.store.read(async () => "seen")).toBe("seen");
    });

    it("did not happen when its work throws, and throws that very error", async () => {
      const thrown = new Error("after the writes");
      const work: Work = async (repos) => {
        await repos.orders.insert(orderRow(account, "never"));
        await repos.outbox.append(account, [], moment(0));
        throw thrown;
      };
      await expect(blotter.store.write(account, work)).rejects.toBe(thrown);
      expect(await written()).toEqual([[], 0]);
    });

    it.each(violations())(
      "did not happen when its last statement %s: %s",
      async (_, code, last) => {
        const work: Work = async (repos) => {
          await repos.orders.insert(orderRow(account, "never"));
          await repos.outbox.append(account, [ANY_EVENT], moment(0));
          await last(repos, account);
        };
        await expect(blotter.store.write(account, work)).rejects.toMatchObject({
          name: "BlotterError",
          code,
          cause: expect.any(Error),
        });
        expect(await written()).toEqual([[], 0]);
      },
    );
  });
}

export const ANY_EVENT = { type: "order.changed", payload: {} } as const;

type Violation = (repos: Repositories, account: AccountId) => Promise<void>;

/** Each breaks another rule of the schema. */
function violations(): readonly (readonly [breaks: string, code: string, last: Violation])[] {
  return [
    [
      "repeats a key",
      "conflict",
      (repos, account) => repos.orders.insert(orderRow(account, "never")),
    ],
    [
      "refers to what is not there",
      "not_found",
      (repos, account) => repos.fills.insert(fillRow(orderRow(account, "unknown"), "1", 0)),
    ],
    [
      "breaks a check",
      "invalid",
      (repos, account) =>
        repos.fills.insert(fillRow(orderRow(account, "never"), "1", 0, { quantity: 0 })),
    ],
    [
      "breaks a check between columns",
      "invalid",
      (repos, account) => {
        const fill = fillRow(orderRow(account, "never"), "1", 0);
        return repos.lots.save(account, MNQ.contractId, lotOf(fill, { consumed: 2 }));
      },
    ],
  ];
}

/** When a write resolves all of it is there, else nothing: also when its work swallows an error. */
export function describeSwallowedErrors(subject: Subject): void {
  it("a write whose work swallows an error happens as a whole or throws", async () => {
    const { blotter } = subject();
    const account = await freshAccount(blotter);
    const work: Work = async (repos) => {
      await repos.orders.insert(orderRow(account, "first"));
      await repos.orders.insert(orderRow(account, "first")).catch(() => undefined);
    };
    const resolved = await blotter.store.write(account, work).then(
      () => true,
      () => false,
    );
    const orders = await blotter.store.read((repos) => repos.orders.list({ accountId: account }));
    expect(orders).toHaveLength(resolved ? 1 : 0);
  });
}
