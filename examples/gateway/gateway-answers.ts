import type { GatewayEngine } from "./gateway-engine.js";
import type { Answer, Bracket, PlaceRequest } from "./gateway-requests.js";
import type { RequestBody } from "./request-body.js";

/** What every answer of the interface has. */
export interface Envelope {
  readonly success: boolean;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly [field: string]: unknown;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

const ACCOUNT_NOT_FOUND = 1;
const CONTRACT_NOT_FOUND = 1;

/** The answer to a call by its path; null for a path that there is not. @throws BadBody */
export function answerOf(engine: GatewayEngine, path: string, body: RequestBody): Envelope | null {
  switch (path) {
    case "/api/Account/search":
      body.flag("onlyActiveAccounts");
      return found("accounts", engine.searchAccounts());
    case "/api/Contract/available":
      body.flag("live");
      return found("contracts", engine.contracts());
    case "/api/Contract/search":
      body.flag("live");
      return found("contracts", searchContracts(engine, body));
    case "/api/Contract/searchById": {
      const contract = engine.contractById(body.text("contractId"));
      const errorCode = contract ? 0 : CONTRACT_NOT_FOUND;
      return { contract, ...enveloped({ errorCode, errorMessage: null }) };
    }
    case "/api/Order/search":
      return ofAccount(engine, body, "orders", (id) =>
        engine.searchOrders(id, body.time("startTimestamp"), end(body)),
      );
    case "/api/Order/searchOpen":
      return ofAccount(engine, body, "orders", (id) => engine.searchOpenOrders(id));
    case "/api/Trade/search":
      return ofAccount(engine, body, "trades", (id) => {
        const from = body.optional("startTimestamp", body.time) ?? 0;
        return engine.searchTrades(id, from, end(body));
      });
    case "/api/Position/searchOpen":
      return ofAccount(engine, body, "positions", (id) => engine.searchPositions(id));
    default:
      return answerToChange(engine, path, body);
  }
}

function answerToChange(engine: GatewayEngine, path: string, body: RequestBody): Envelope | null {
  const accountId = () => body.integer("accountId");
  const contractId = () => body.text("contractId");
  switch (path) {
    case "/api/Order/place": {
      const { orderId, ...answer } = engine.place(placeRequest(body));
      return { orderId, ...enveloped(answer) };
    }
    case "/api/Order/cancel":
      return enveloped(engine.cancel({ accountId: accountId(), orderId: body.integer("orderId") }));
    case "/api/Order/modify":
      return enveloped(
        engine.modify({
          accountId: accountId(),
          orderId: body.integer("orderId"),
          size: body.optional("size", body.integer),
          limitPrice: body.optionalNumber("limitPrice"),
          stopPrice: body.optionalNumber("stopPrice"),
          trailPrice: body.optionalNumber("trailPrice"),
        }),
      );
    case "/api/Position/closeContract":
      return enveloped(engine.close({ accountId: accountId(), contractId: contractId() }));
    case "/api/Position/partialCloseContract": {
      const size = body.integer("size");
      return enveloped(engine.close({ accountId: accountId(), contractId: contractId(), size }));
    }
    default:
      return null;
  }
}

function placeRequest(body: RequestBody): PlaceRequest {
  return {
    accountId: body.integer("accountId"),
    contractId: body.text("contractId"),
    type: body.integer("type"),
    side: body.integer("side"),
    size: body.integer("size"),
    limitPrice: body.optionalNumber("limitPrice"),
    stopPrice: body.optionalNumber("stopPrice"),
    trailPrice: body.optionalNumber("trailPrice"),
    customTag: body.optional("customTag", body.text),
    stopLossBracket: bracket(body.optionalBody("stopLossBracket")),
    takeProfitBracket: bracket(body.optionalBody("takeProfitBracket")),
  };
}

function bracket(body: RequestBody | null): Bracket | null {
  return body && { ticks: body.integer("ticks"), type: body.integer("type") };
}

function searchContracts(engine: GatewayEngine, body: RequestBody): Rows {
  const text = (body.optional("searchText", body.text) ?? "").toUpperCase();
  return engine
    .contracts()
    .filter(({ id, name, description }) =>
      [id, name, description].some((part) => String(part).toUpperCase().includes(text)),
    );
}

function ofAccount(
  engine: GatewayEngine,
  body: RequestBody,
  field: string,
  rows: (accountId: number) => Rows,
): Envelope {
  const accountId = body.integer("accountId");
  if (engine.hasAccount(accountId)) return found(field, rows(accountId));
  const answer = { errorCode: ACCOUNT_NOT_FOUND, errorMessage: null };
  return { [field]: null, ...enveloped(answer) };
}

const end = (body: RequestBody): number =>
  body.optional("endTimestamp", body.time) ?? Number.POSITIVE_INFINITY;

const found = (field: string, rows: Rows): Envelope => ({
  [field]: rows,
  ...enveloped({ errorCode: 0, errorMessage: null }),
});

const enveloped = ({ errorCode, errorMessage }: Answer): Envelope => ({
  success: errorCode === 0,
  errorCode,
  errorMessage,
});
