import type { Secret } from './secret.ts';

/** What the operator decided, checked. Safe to log: secrets do not print. */
export interface Settings {
  readonly app: { readonly id: number; readonly privateKey: Secret; readonly webhookSecret: Secret };
  /** Base URL of the REST API, without a slash at the end. */
  readonly apiUrl: string;
  readonly listen: { readonly host: string; readonly port: number; readonly webhookPath: string };
  /** Absolute path; see `ensureHome`. */
  readonly home: string;
  readonly database:
    | { readonly kind: 'embedded'; readonly directory: string }
    | { readonly kind: 'server'; readonly url: Secret };
  readonly log: {
    readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
    readonly format: 'pretty' | 'json';
  };
  readonly sandbox: 'bubblewrap' | 'none';
  readonly runtime:
    | { readonly kind: 'replay'; readonly directory: string }
    /** Whether there is a runtime of that name is for the catalog to say. */
    | { readonly kind: 'named'; readonly name: string };
  /** Directories with tools for gate commands. */
  readonly tools: readonly string[];
  /** How many agents work at the same time. */
  readonly agentLimits: { readonly all: number; readonly perRole: number };
}
