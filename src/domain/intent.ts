import type { Actor } from './actor.ts';
import type { Amount } from './amount.ts';
import type { Change } from './change.ts';
import type { Permission } from './permission.ts';
import type { Subject } from './subject.ts';
import type { Ticket } from './ticket.ts';

/** What somebody asked for, free of where and how. */
export type Ask =
  /** Start a workflow; null leaves the choice to Baton. */
  | {
      readonly kind: 'start';
      readonly workflow: string | null;
      /** The first digits of the commit that is meant, when one is named. */
      readonly commit?: string;
    }
  | { readonly kind: 'approve'; readonly digest: string | null }
  | {
      readonly kind: 'reject';
      readonly reason: string;
      /** What was shown, when the answer names it. */
      readonly digest?: string;
    }
  /** Answers a question that has numbered options. */
  | {
      readonly kind: 'choose';
      readonly option: number;
      /** The question it answers, when a button names it. */
      readonly stamp?: string;
    }
  | { readonly kind: 'retry'; readonly guidance: string }
  | { readonly kind: 'rollback'; readonly step: string; readonly guidance: string }
  | { readonly kind: 'pause'; readonly reason: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'budget'; readonly amount: Amount }
  /** No question: somebody has pushed to a run's branch. */
  | { readonly kind: 'moved'; readonly head: string }
  /** No question: somebody has merged the pull request of a run. */
  | { readonly kind: 'merged' }
  /** No question: the words of the issue were changed. */
  | { readonly kind: 'edited' }
  /** No question: the pull request of a fork has a head that nobody has vouched for. */
  | { readonly kind: 'new-head' }
  /** No question: a pull request may change what the repository tells Baton. */
  | { readonly kind: 'preview' }
  | { readonly kind: 'cancel'; readonly reason: string }
  | { readonly kind: 'status' }
  | { readonly kind: 'explain' }
  | { readonly kind: 'debt' }
  | { readonly kind: 'help'; readonly topic: string | null }
  /** A command that could not be understood; `problem` is the answer. */
  | { readonly kind: 'misspelt'; readonly problem: string };

/** Where an intent came from, which decides where the answer and the reactions go. */
export type Source =
  | {
      readonly kind: 'comment';
      readonly commentId: number;
      readonly ordinal: number;
      /** The pull request on whose page it stands, when that is not the subject itself. */
      readonly page?: number;
    }
  | {
      readonly kind: 'label';
      readonly label: string;
      /** A program put it on. Whatever role it has, a person has to ask. */
      readonly byProgram?: true;
    }
  /** Something that stands behind a run was changed: the label, the issue, the pull request, the branch. */
  | {
      readonly kind: 'withdrawal';
      readonly what: 'label-removed' | 'issue-closed' | 'issue-edited' | 'pull-request-closed' | 'pushed';
      /** Only the run that works on this branch is meant. */
      readonly branch?: string;
      /** Only runs about other commits of the pull request are meant. */
      readonly head?: string;
    }
  /** A pull request was opened, or its head was pushed to. Nobody waits for an answer. */
  | { readonly kind: 'pull-request'; readonly what: 'opened' | 'synchronize' }
  /** A member of the team, by itself. Nobody waits for an answer. */
  | {
      readonly kind: 'team';
      readonly member: string;
      /** The commit that is meant, when it is about a pull request. */
      readonly head?: string;
    }
  | { readonly kind: 'button'; readonly checkRunId: number };

/** The page on which it was asked, when that is not the subject's own. */
export function pageOf({ source }: Pick<Intent, 'source'>): number | undefined {
  return source.kind === 'comment' ? source.page : undefined;
}

/** One request, by one person, about one subject. */
export interface Intent {
  /** Made of the meaning (comment id and ordinal, label event, ...), so that the same event under another GUID is the same. */
  readonly key: string;
  readonly ask: Ask;
  readonly subject: Subject;
  readonly actor: Actor;
  /** Live permission that is checked, by numeric id, when the intent is processed. */
  readonly requires: Permission;
  /** Their live permission, once it has been looked up. */
  readonly held?: Permission;
  readonly source: Source;
  /** The member of the team that brings it. */
  readonly member?: string;
  /** ISO time of the person's action on GitHub. */
  readonly at: string;
  /** The issue as it stood then. */
  readonly ticket: Ticket;
  /** What the pull request proposed then; absent for an issue, and where GitHub does not tell. */
  readonly change?: Change;
}
