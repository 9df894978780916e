/** The gateway's own codes, as its interface description numbers them. */
export const SIDE = { buy: 0, sell: 1 } as const;

export const ORDER_TYPE = {
  limit: 1,
  market: 2,
  stopLimit: 3,
  stop: 4,
  trailingStop: 5,
  joinBid: 6,
  joinAsk: 7,
} as const;

export const STATUS = {
  open: 1,
  filled: 2,
  cancelled: 3,
  expired: 4,
  rejected: 5,
  pending: 6,
  pendingCancellation: 7,
  suspended: 8,
} as const;

export const POSITION_TYPE = { none: 0, long: 1, short: 2 } as const;

/** What the envelope of a hub event says of its object. */
export const ACTION = { add: 0, update: 1, remove: 2 } as const;

export const PLACE_ERROR = {
  accountNotFound: 1,
  orderRejected: 2,
  outsideTradingHours: 5,
  contractNotFound: 8,
  contractNotActive: 9,
} as const;

/** Of Order/cancel and Order/modify. */
export const CHANGE_ERROR = { accountNotFound: 1, orderNotFound: 2, rejected: 3 } as const;

export const CLOSE_ERROR = {
  accountNotFound: 1,
  positionNotFound: 2,
  contractNotFound: 3,
  contractNotActive: 4,
} as const;

/** Of Position/partialCloseContract, beside those of a whole close. */
export const INVALID_CLOSE_SIZE = 5;

export const isTerminal = (status: number): boolean =>
  status === STATUS.filled ||
  status === STATUS.cancelled ||
  status === STATUS.expired ||
  status === STATUS.rejected;
