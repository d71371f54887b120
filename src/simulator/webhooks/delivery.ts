/** One webhook as sent, with how it went. Redeliveries share the GUID and have an id of their own. */
export type Delivery = {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly redelivery: boolean;
  readonly payload: object;
  /** The payload as signed and sent. */
  readonly body: string;
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  /** Null until it was tried. */
  outcome: DeliveryOutcome | null;
};

export type DeliveryOutcome = {
  readonly deliveredAt: string;
  readonly durationSeconds: number;
  /** `OK`, the reason phrase, or why there was no answer. */
  readonly status: string;
  /** 0 when there was no answer. */
  readonly statusCode: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
};
