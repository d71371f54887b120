/** What became of a request to the webhook path. A closed set, fit for a metric's label. */
export type IntakeOutcome =
  | 'stored'
  | 'duplicate'
  | 'ignored-event'
  | 'ignored-app'
  | 'ignored-installation'
  | 'ignored-shape'
  | 'bad-headers'
  | 'bad-signature'
  | 'bad-body'
  | 'too-large'
  | 'unavailable';

/** The answer to a webhook request: its status, a short text for GitHub's delivery log, and why. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly outcome: IntakeOutcome;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The request is at fault, or we cannot take it now: nothing of it was stored. */
export function refuse(status: number, outcome: IntakeOutcome, text: string): Answer {
  return { status, outcome, text };
}

/** A true delivery of GitHub which does not concern us. */
export function ignore(outcome: IntakeOutcome, text: string): Answer {
  return { status: 200, outcome, text: `ignored: ${text}` };
}

/** GitHub marks the delivery as failed; it can be redelivered. */
export function unavailable(text: string): Answer {
  return { status: 503, outcome: 'unavailable', text, headers: { 'retry-after': '10' } };
}
