import type { AcpAgent } from '../domain/acp-agent.ts';
import type { RestartRules } from '../domain/after-crash.ts';
import type { BreakerRules } from '../domain/breaker.ts';
import type { Budget } from '../domain/budget.ts';
import type { Offer } from '../domain/offer.ts';
import type { Prices } from '../domain/price.ts';
import type { SandboxLimits } from '../domain/sandbox-limits.ts';
import type { Secret } from './secret.ts';

/** What the operator decided, checked. Safe to log: secrets do not print. */
export interface Settings {
  readonly app: { readonly id: number; readonly privateKey: Secret; readonly webhookSecret: Secret };
  /** Base URL of the REST API, without a slash at the end. */
  readonly apiUrl: string;
  readonly listen: { readonly host: string; readonly port: number; readonly webhookPath: string };
  /** The proxy that leads out; null when there is none. Hosts besides those of this machine are reached without it. */
  readonly proxy: { readonly url: Secret; readonly hostsWithout: readonly string[] } | null;
  /** Absolute path; see `ensureHome`. */
  readonly home: string;
  readonly database:
    | { readonly kind: 'embedded'; readonly directory: string }
    | { readonly kind: 'server'; readonly url: Secret };
  /** How long steps under way may go on when the server is told to end. */
  readonly drainMs: number;
  /** How long a run may take to begin before its issue is told that it is queued. */
  readonly beginMs: number;
  readonly log: {
    readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
    readonly format: 'pretty' | 'json';
  };
  readonly sandbox: 'bubblewrap' | 'none';
  readonly sandboxLimits: SandboxLimits;
  /** What roles are asked with. Whether there are runtimes of those names is for whoever opens them to say. */
  readonly offer: Offer;
  /** Where the recorded answers are; null when none are played. */
  readonly recordings: string | null;
  /** When what fails again and again is spared. */
  readonly breaker: BreakerRules;
  /** Tokens that a model takes in one conversation. */
  readonly contextTokens: number;
  /** Where the programs of runtimes are installed. */
  readonly runtimesDirectory: string;
  /** The operator's own agent for the runtime `acp`; null for the one that is installed. */
  readonly acpAgent: AcpAgent | null;
  /** Whose models are asked; null when there are none. */
  readonly provider:
    | {
        readonly kind: 'anthropic' | 'openai' | 'openai-compatible';
        /** Base URL with the version, without a slash at the end. */
        readonly url: string;
        readonly key: Secret | null;
      }
    | {
        readonly kind: 'bedrock';
        /** Base URL without a slash at the end. */
        readonly url: string;
        readonly access: AwsKeys;
      }
    | {
        readonly kind: 'vertex';
        /** Base URL with the version, without a slash at the end. */
        readonly url: string;
        readonly project: string;
        readonly region: string;
        readonly access: ServiceAccount;
      }
    | null;
  /** Providers that runtimes have in its place, by the name of the runtime. */
  readonly runtimeProviders: ReadonlyMap<string, NonNullable<Settings['provider']>>;
  /** All keys of providers that were given, also those that are not used. */
  readonly modelKeys: readonly Secret[];
  /** The operator's own prices. */
  readonly prices: Prices;
  /** What may be used of models. */
  readonly budgets: readonly Budget[];
  /** Directories with tools for gate commands. */
  readonly tools: readonly string[];
  /** What is installed for gates and agents, and from where. */
  readonly install: {
    /** URL by the name of the registry that it stands for; null switches that off. */
    readonly mirrors: ReadonlyMap<string, string | null>;
    /** As `name` or `name:port`. */
    readonly hosts: readonly string[];
    readonly cacheBytes: number;
  };
  /** The state machine for interactive agents. */
  readonly mcp: {
    /** Absolute paths below which repositories may be worked on. */
    readonly roots: readonly string[];
    readonly listen: {
      readonly host: string;
      readonly port: number;
      readonly token: Secret;
      /** Host names besides those of this machine. */
      readonly names: readonly string[];
    } | null;
  };
  /** Where the metrics are shown; null when they are not. */
  readonly metrics: { readonly host: string; readonly port: number; readonly token: Secret | null } | null;
  /** The collector that traces are sent to; null when there is none. */
  readonly collector: { readonly endpoint: string; readonly headers: ReadonlyMap<string, Secret> } | null;
  /** The standing team. */
  readonly team: {
    readonly healthMs: number;
    /** How long an agent may be silent. */
    readonly staleMs: number;
    readonly restarts: RestartRules;
    readonly maxQueueSize: number;
    readonly cleanUpMs: number;
  };
  /** How many agents work at the same time. */
  readonly agentLimits: { readonly all: number; readonly perRole: number };
}

/** A service account of Google, as its key file has it. */
export interface ServiceAccount {
  readonly email: string;
  readonly keyId: string;
  readonly privateKey: Secret;
  /** The project that the account belongs to. */
  readonly project: string;
  /** Where its key is exchanged for a token. */
  readonly tokenUrl: string;
}

/** How AWS knows us. */
export type AwsKeys =
  | { readonly kind: 'api-key'; readonly key: Secret }
  | {
      readonly kind: 'signed';
      readonly accessKeyId: Secret;
      readonly secretAccessKey: Secret;
      readonly sessionToken: Secret | null;
      readonly region: string;
    };
