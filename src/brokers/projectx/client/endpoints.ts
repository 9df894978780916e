import { z } from "zod";
import { brokerId } from "../row-fields.js";

/** Whose share of the gateway's rate limit a call uses. */
export type CallKind = "reading" | "order" | "bars";

export interface Endpoint<T> {
  /** Below `/api/`. */
  readonly path: string;
  readonly kind: CallKind;
  /** Names of the error codes; the code is the place in the list. */
  readonly codes: readonly string[];
  /** What was asked for, out of an answer whose envelope says success. */
  readonly content: z.ZodType<T>;
}

const SEARCH_CODES = ["Success", "AccountNotFound"];

/** Rows that must be there, though there may be none: no rows read as an empty list is a guess. */
function search(path: string, field: string): Endpoint<readonly unknown[]> {
  const content = z
    .record(z.string(), z.unknown())
    .transform((body) => body[field])
    .pipe(z.array(z.unknown()));
  return { path, kind: "reading", codes: SEARCH_CODES, content };
}

/** The endpoints that Blotter uses; all are POST with a JSON body. Codes as in the vendor's swagger. */
export const ENDPOINTS = {
  login: {
    path: "Auth/loginKey",
    kind: "reading",
    content: z.object({ token: z.string().min(1) }).transform(({ token }) => token),
    codes: [
      "Success",
      "UserNotFound",
      "PasswordVerificationFailed",
      "InvalidCredentials",
      "AppNotFound",
      "AppVerificationFailed",
      "InvalidDevice",
      "AgreementsNotSigned",
      "UnknownError",
      "ApiSubscriptionNotFound",
      "ApiKeyAuthenticationDisabled",
    ],
  },
  validate: {
    path: "Auth/validate",
    kind: "reading",
    content: z
      .object({ newToken: z.string().nullish() })
      .transform(({ newToken }) => newToken || null),
    codes: ["Success", "InvalidSession", "SessionNotFound", "ExpiredToken", "UnknownError"],
  },
  accounts: search("Account/search", "accounts"),
  orders: search("Order/search", "orders"),
  openOrders: search("Order/searchOpen", "orders"),
  trades: search("Trade/search", "trades"),
  positions: search("Position/searchOpen", "positions"),
  contracts: search("Contract/search", "contracts"),
  contract: {
    path: "Contract/searchById",
    kind: "reading",
    content: z.object({ contract: z.unknown() }).transform(({ contract }) => contract),
    codes: ["Success", "ContractNotFound"],
  },
  availableContracts: search("Contract/available", "contracts"),
  place: {
    path: "Order/place",
    kind: "order",
    content: z.object({ orderId: brokerId }).transform(({ orderId }) => orderId),
    codes: [
      "Success",
      "AccountNotFound",
      "OrderRejected",
      "InsufficientFunds",
      "AccountViolation",
      "OutsideTradingHours",
      "OrderPending",
      "UnknownError",
      "ContractNotFound",
      "ContractNotActive",
      "AccountRejected",
    ],
  },
  cancel: {
    path: "Order/cancel",
    kind: "order",
    content: z.unknown(),
    codes: [
      "Success",
      "AccountNotFound",
      "OrderNotFound",
      "Rejected",
      "Pending",
      "UnknownError",
      "AccountRejected",
    ],
  },
  close: {
    path: "Position/closeContract",
    kind: "order",
    content: z.unknown(),
    codes: [
      "Success",
      "AccountNotFound",
      "PositionNotFound",
      "ContractNotFound",
      "ContractNotActive",
      "OrderRejected",
      "OrderPending",
      "UnknownError",
      "AccountRejected",
    ],
  },
} as const satisfies Readonly<Record<string, Endpoint<unknown>>>;

/** Codes that do not say whether the order was taken. */
const UNDECIDED = ["OrderPending", "Pending", "UnknownError"];

export function codeName(endpoint: Endpoint<unknown>, code: number | null): string {
  if (code === null) return "no error code";
  const name = endpoint.codes[code];
  return name === undefined ? `error code ${code}` : `${name} (${code})`;
}

export function isUndecided(endpoint: Endpoint<unknown>, code: number | null): boolean {
  return code !== null && UNDECIDED.includes(endpoint.codes[code] ?? "");
}
