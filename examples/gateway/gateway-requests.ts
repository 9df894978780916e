/** The bodies of the calls that change something, as the interface description has them. */
export interface Bracket {
  /** Ticks away from the entry, with or without a sign. */
  readonly ticks: number;
  readonly type: number;
}

export interface PlaceRequest {
  readonly accountId: number;
  readonly contractId: string;
  readonly type: number;
  readonly side: number;
  readonly size: number;
  readonly limitPrice?: number | null;
  readonly stopPrice?: number | null;
  /** Of a trailing stop: where its stop begins. */
  readonly trailPrice?: number | null;
  readonly customTag?: string | null;
  readonly stopLossBracket?: Bracket | null;
  readonly takeProfitBracket?: Bracket | null;
}

export interface CancelRequest {
  readonly accountId: number;
  readonly orderId: number;
}

export interface ModifyRequest extends CancelRequest {
  readonly size?: number | null;
  readonly limitPrice?: number | null;
  readonly stopPrice?: number | null;
  readonly trailPrice?: number | null;
}

export interface CloseRequest {
  readonly accountId: number;
  readonly contractId: string;
  /** Of a partial close. */
  readonly size?: number;
}

/** `errorCode` 0 is success. */
export interface Answer {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export interface PlaceAnswer extends Answer {
  readonly orderId: number | null;
}

export const DONE: Answer = { errorCode: 0, errorMessage: null };

export const refused = (errorCode: number, errorMessage: string | null = null): Answer => ({
  errorCode,
  errorMessage,
});
