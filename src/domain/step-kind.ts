import type { z } from 'zod';
import type { Access, OwnFiles, WorkflowOffer } from './brief.ts';
import type { Conflict } from './conflict.ts';
import type { FiledDebt, UnfiledDebt } from './debt.ts';
import type { ChangedFile } from './evidence.ts';
import type { FactSpecs } from './fact.ts';
import type { Finding } from './finding.ts';
import type { ModeChoice } from './gate-mode.ts';
import type { MergeMethod } from './merge-method.ts';
import type { OutcomeInput, Part } from './outcome.ts';
import type { OwnDocument } from './own-document.ts';
import type { Report, ReportKind } from './report.ts';
import type { ChecklistItem } from './review-checklist.ts';
import type { RunningRun } from './run.ts';
import type { Sha } from './sha.ts';
import type { GateVerdict } from './verdict.ts';
import type { Step } from './workflow.ts';

/** What asking a role came to. */
export type Answer<Kind extends ReportKind = ReportKind> =
  /** `checkpoint` is there when the role wrote something; it is pushed already. */
  | { readonly kind: 'reported'; readonly report: Extract<Report, { kind: Kind }>; readonly checkpoint?: Sha }
  /** What the role wrote must not be committed. */
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'broke';
      readonly summary: string;
      readonly remedy: string;
      readonly retriable: boolean;
    };

/** What is to be merged, and who settles what git cannot join. */
export interface MergeRequest {
  readonly parts: readonly Part[];
  readonly role: string;
  /** How often the role may try to settle one conflict. */
  readonly tries: number;
  readonly timeoutMs: number;
}

/** What came of merging. */
export type Merging =
  | {
      readonly kind: 'merged';
      /** The parts in order, each with the commit that merged it. */
      readonly merges: readonly Part[];
      /** Titles of those in which a role has settled a conflict. */
      readonly settled: readonly string[];
      readonly checkpoint: Sha;
    }
  /** Nobody could settle it; nothing was pushed. `why` says what came of each try. */
  | {
      readonly kind: 'conflict';
      readonly part: Part;
      readonly conflicts: readonly Conflict[];
      readonly why: readonly string[];
    }
  | Extract<Answer, { kind: 'broke' }>;

/** What came of asking GitHub to merge a pull request. */
export type PullRequestMerging =
  | { readonly kind: 'merged'; readonly commit: Sha }
  /** With GitHub's words. */
  | { readonly kind: 'refused'; readonly why: string };

/** What came of writing a document; without a checkpoint when it was there already. */
export type WrittenDocument =
  | { readonly kind: 'written'; readonly checkpoint?: Sha }
  | Extract<Answer, { kind: 'broke' }>;

/** One use of a gate in a workflow. */
export interface GateUse extends ModeChoice {
  readonly gate: string;
  /** Its name in verdicts and check runs. */
  readonly name: string;
  readonly with: Readonly<Record<string, unknown>>;
}

/** The verbs a step kind may use. Each is safe to repeat after a crash. */
export interface StepWorld {
  /** Asks a role about the run's head, in a fresh tree. What it writes becomes a checkpoint on the run's branch. */
  ask<Kind extends ReportKind>(request: {
    readonly role: string;
    readonly report: Kind;
    readonly access: Access;
    /** `own`: what it writes stays on a branch of its own, to be merged later; else it moves the run's branch. */
    readonly branch?: 'own';
    /** `task`: the brief holds the task, the rules of the repository and nothing else of the run. */
    readonly context?: 'task';
    /** The facts that the report must have; none when absent. */
    readonly facts?: FactSpecs;
    /** The items that a review must answer; none when absent. */
    readonly checklist?: readonly ChecklistItem[];
    /** The workflows that a triage may name; none when absent. */
    readonly offers?: readonly WorkflowOffer[];
    /** The part of the change that is looked at; all of it when absent. */
    readonly files?: OwnFiles;
    /** What the question is about, when it is not the issue or the task that the run is at. */
    readonly task?: string;
    readonly timeoutMs: number;
  }): Promise<Answer<Kind>>;
  /** The workflows of the run's repository that can be done after the present step. */
  workflows(): Promise<readonly WorkflowOffer[]>;
  /** Judges the run's head, or another commit of the run, against its base. A gate that throws gives a `broke` verdict. */
  judge(uses: readonly GateUse[], at?: Sha): Promise<readonly GateVerdict[]>;
  /** Merges what steps have written on branches of their own into the run's head, one after another, and pushes it. */
  merge(request: MergeRequest): Promise<Merging>;
  /** The files that the run has changed since its base. */
  changedFiles(): Promise<readonly ChangedFile[]>;
  /**
   * A file of the run's head, or of a branch of the repository as it is now; null when there is no regular file of this
   * name, or no such branch. Throws when it is too long.
   */
  readFile(path: string, branch?: string): Promise<Uint8Array | null>;
  /** A digest of the words of a file at the run's head, whatever space is between them; null when there is none. */
  fingerprint(path: string): Promise<string | null>;
  /** Writes a document of Baton's own onto the run's branch. */
  write(document: OwnDocument): Promise<WrittenDocument>;
  /** Opens the run's pull request, or finds it. */
  openPullRequest(): Promise<{ readonly number: number; readonly url: string }>;
  /** Merges a pull request of the run, if its head is the run's. */
  mergePullRequest(number: number, method: MergeMethod): Promise<PullRequestMerging>;
  /**
   * Makes an issue of each debt of the run, or finds it; what cannot be filed is named with the reason. Null where the
   * run proposes nothing.
   */
  fileDebts(
    pullRequest: { readonly number: number } | null,
  ): Promise<{ readonly debts: readonly FiledDebt[]; readonly unfiled: readonly UnfiledDebt[] }>;
}

/** One attempt at one step: all that a step kind is given. */
export interface Attempt<Options> {
  readonly run: RunningRun;
  readonly step: Step;
  readonly options: Options;
  readonly world: StepWorld;
}

/**
 * How an attempt can end besides breaking, as every attempt can. A hold is named by what it asks for; `chosen` is a pass
 * that puts in another workflow, `planned` one that puts in steps of its own making.
 */
export type Ending = 'passed' | 'chosen' | 'planned' | 'rejected' | 'approval' | 'security' | 'escalation';

/** A kind of step. It may be performed again after a crash. */
export interface StepKind<Name extends string = string, Options = unknown> {
  /** Equals the file name. */
  readonly name: Name;
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  /** The role it asks, which decides the queue it waits in; null when no agent is called. */
  role(options: Options): string | null;
  /** The gates it uses, so that a workflow can be checked before it runs. */
  gates(options: Options): readonly GateUse[];
  /** The facts that its role must report, so that conditions of later steps can be checked before a run. */
  facts(options: Options): FactSpecs;
  /** The steps whose results it needs: a workflow that does not do them before it is refused. */
  earlierSteps(options: Options): readonly string[];
  /** The facts that it reads: a workflow in which no earlier step reports them is refused. */
  earlierFacts(options: Options): readonly string[];
  /** Steps that are performed side by side in its place; their outcomes are joined in this order. */
  branches(options: Options): readonly Step[];
  /** Facts that the branches must not report differently: then a person decides between them. */
  agree(options: Options): readonly string[];
  /** How much of the change it says yes or no to. */
  reviews(options: Options): 'all' | 'some files' | 'nothing';
  /** Whether it may change the run's branch, or proposes it. */
  writes(options: Options): boolean;
  /** So that it can be seen where a workflow may lead before it is run. */
  readonly endings: readonly Ending[];
  /** May throw: a throw becomes a `broke` outcome, never a pass. Not called when there are branches. */
  perform(attempt: Attempt<Options>): Promise<OutcomeInput>;
}

type Required = 'name' | 'summary' | 'options' | 'perform';
type Definition<Name extends string, Options> = Pick<StepKind<Name, Options>, Required> &
  Partial<Omit<StepKind<Name, Options>, Required>>;

/** Declares a step kind. What is left out asks no role, uses no gate, needs nothing, only reads, and passes unless it breaks. */
export function defineStepKind<const Name extends string, Options>(
  kind: Definition<Name, Options>,
): StepKind<Name, Options> {
  return {
    role: () => null,
    gates: () => [],
    facts: () => ({}),
    earlierSteps: () => [],
    earlierFacts: () => [],
    branches: () => [],
    agree: () => [],
    reviews: () => 'nothing',
    writes: () => false,
    endings: ['passed'],
    ...kind,
  };
}
