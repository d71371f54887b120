import type { ReportKind } from './report.ts';
import type { Role } from './role.ts';

/** What a role may do with the files of the commit. With `none` it has no tree and no tool. */
export type Access = 'none' | 'read' | 'write';

/** A workflow that can be chosen. */
export interface WorkflowOffer {
  readonly name: string;
  readonly description: string;
}

/** The part of the change that a role looks at, when it is not all of it. */
export interface OwnFiles {
  /** As the workflow says it. */
  readonly globs: readonly string[];
  /** The files that it comes to, with the old names of those that were renamed. */
  readonly paths: readonly string[];
}

/** What a role is asked, complete: a runtime adds nothing and leaves nothing out. Plain JSON data. */
export interface Brief {
  readonly runId: string;
  readonly step: string;
  readonly attempt: number;
  readonly role: Role;
  /** The model to use, by the runtime's own name for it: the tier of the role is settled. */
  readonly model: string;
  /** Who the agent is and what rules it has. Trusted text. */
  readonly instructions: string;
  /** The work, with untrusted text fenced and labelled. */
  readonly prompt: string;
  /** What was shortened or left out of both to keep room for the work, in words; absent when nothing was. */
  readonly leftOut?: readonly string[];
  /** Which answer is expected. */
  readonly report: ReportKind;
  readonly access: Access;
  /** Most answers of the model. */
  readonly turns: number;
  readonly timeoutMs: number;
}
