/** One observation: root, first trading day, commission and fee per side ("" where the rows told none). */
export type FeeRow = readonly [root: string, from: string, commission: string, fee: string];

export interface FeeRows {
  readonly broker: string;
  readonly source: string;
  readonly rows: readonly FeeRow[];
}
