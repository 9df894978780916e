import { z } from "zod";
import { name, price, refusalOf } from "../row-fields.js";

/** A contract as the gateway describes it. */
export interface ProjectXContract {
  /** `CON.F.US.MNQ.U26` */
  readonly contractId: string;
  /** `MNQU6`: one digit of the year, so the same again every ten years. */
  readonly contractName: string;
  readonly description: string;
  /** Points. */
  readonly tickSize: number;
  /** US dollars for a tick of one contract. */
  readonly tickValue: number;
  readonly isActive: boolean;
  /** `F.US.MNQ` */
  readonly symbolId: string;
}

const positive = price.refine((value) => value > 0, { error: "must be positive" });

const ContractRow = z.object({
  id: name,
  name,
  description: z.string({ error: "must be text" }),
  tickSize: positive,
  tickValue: positive,
  activeContract: z.boolean({ error: "must be true or false" }),
  symbolId: name,
});

/** @throws RefusedRow naming the field */
export function contractOf(row: unknown): ProjectXContract {
  const parsed = ContractRow.safeParse(row);
  if (!parsed.success) throw refusalOf(parsed.error, row);
  const { id, name, description, tickSize, tickValue, activeContract, symbolId } = parsed.data;
  return {
    contractId: id,
    contractName: name,
    description,
    tickSize,
    tickValue,
    isActive: activeContract,
    symbolId,
  };
}
