/** What an answer to an item means for the verdict. */
export type ChecklistGroup =
  /** Answered `no`, the change is rejected. */
  | 'must'
  /** Answered `no`, the change may go on with a warning. */
  | 'should'
  /** Present, the change is rejected, whatever else was said. */
  | 'trigger';

/** One question that a reviewer answers with evidence. */
export interface ChecklistItem {
  /** Stable: reports and stored runs name the item by it. */
  readonly id: string;
  readonly group: ChecklistGroup;
  /** Told to the reviewer. */
  readonly question: string;
}

const MUST = [
  {
    id: 'no-exposed-secrets',
    group: 'must',
    question:
      'Is the change free of keys, passwords, tokens and private data, in code, tests, logs and answers?',
  },
  {
    id: 'inputs-validated',
    group: 'must',
    question: 'Is everything that comes from outside checked for type, form and size before it is used?',
  },
  {
    id: 'errors-handled',
    group: 'must',
    question:
      'Is each error that can happen handled: not swallowed, nothing left half done, nothing inner shown?',
  },
  {
    id: 'no-owasp-weakness',
    group: 'must',
    question:
      'Is the change free of SQL injection, cross-site scripting and the other weaknesses of the OWASP Top 10?',
  },
  {
    id: 'new-behaviour-tested',
    group: 'must',
    question: 'Has all new behaviour tests that would fail without it?',
  },
] as const satisfies readonly ChecklistItem[];

const SHOULD = [
  {
    id: 'readable',
    group: 'should',
    question: 'Can the next person read it, and do the names say what things are?',
  },
  {
    id: 'no-duplication',
    group: 'should',
    question: 'Is nothing written twice that has one reason to change?',
  },
  {
    id: 'performance-considered',
    group: 'should',
    question: 'Is the work bounded when the data grows: queries, loops, memory, calls?',
  },
  {
    id: 'documentation-updated',
    group: 'should',
    question: 'Does the documentation still say what is true?',
  },
] as const satisfies readonly ChecklistItem[];

const TRIGGERS = [
  {
    id: 'critical-vulnerability',
    group: 'trigger',
    question: 'Could somebody do serious harm with what this change brings in?',
  },
  {
    id: 'untested-core-logic',
    group: 'trigger',
    question: 'Is there core logic in the change that no test runs?',
  },
  {
    id: 'breaking-without-migration',
    group: 'trigger',
    question: 'Does it break callers or stored data, with no way over for them?',
  },
  {
    id: 'exposed-credentials',
    group: 'trigger',
    question: 'Does a working credential lie open in the change?',
  },
] as const satisfies readonly ChecklistItem[];

/** What a fix for production is asked before anything else. */
const FAST_TRACK = [
  {
    id: 'fixes-the-error',
    group: 'must',
    question: 'Does it remove the cause of the error, shown by a test that failed before?',
  },
  {
    id: 'no-new-risk',
    group: 'must',
    question: 'Is it free of new risks for what worked before?',
  },
] as const satisfies readonly ChecklistItem[];

/** How much a review looks at. A production error is no reason to ask less of what must hold. */
const CHECKLISTS = {
  full: [...MUST, ...SHOULD, ...TRIGGERS],
  'fast-track': [...FAST_TRACK, ...MUST, ...TRIGGERS],
} as const satisfies Readonly<Record<string, readonly ChecklistItem[]>>;

export type ReviewDepth = keyof typeof CHECKLISTS;

/** The items of a review, in the order in which they are asked and shown. */
export function checklistOf(depth: ReviewDepth): readonly ChecklistItem[] {
  return CHECKLISTS[depth];
}
