/** A filled market order as Order/search gives it, but for what is given. */
export function orderRow(fields: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 3400000001,
    accountId: 900,
    contractId: "CON.F.US.MNQ.H27",
    symbolId: "F.US.MNQ",
    creationTimestamp: "2027-01-05T14:30:00.15673+00:00",
    updateTimestamp: "2027-01-05T14:30:00.175078+00:00",
    status: 2,
    type: 2,
    side: 0,
    size: 2,
    limitPrice: null,
    stopPrice: null,
    fillVolume: 2,
    filledPrice: 21000.25,
    customTag: "bot-strategy-open-1",
    ...fields,
  };
}

/** A half-turn as Trade/search gives it, but for what is given. */
export function tradeRow(fields: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 3000000001,
    accountId: 900,
    contractId: "CON.F.US.MNQ.H27",
    creationTimestamp: "2027-01-05T14:30:00.1802+00:00",
    price: 21000.25,
    profitAndLoss: null,
    fees: 0.72,
    side: 0,
    size: 2,
    voided: false,
    orderId: 3400000001,
    ...fields,
  };
}

/** A position as Position/searchOpen gives it, but for what is given. */
export function positionRow(fields: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 825000001,
    accountId: 900,
    contractId: "CON.F.US.MNQ.H27",
    creationTimestamp: "2027-01-05T14:30:00.611387+00:00",
    type: 1,
    size: 2,
    averagePrice: 21000.5,
    ...fields,
  };
}
