import type { Permission } from '../../src/domain/permission.ts';
import { isEnded, type Run } from '../../src/domain/run.ts';
import { type Subject, toSubjectKey } from '../../src/domain/subject.ts';
import type { SurfaceInput } from '../../src/domain/surface.ts';
import type {
  CodeHost,
  FiledIssue,
  IssueRequest,
  LiveIssue,
  LivePullRequest,
} from '../../src/ports/code-host.ts';
import type { Effect, Effects } from '../../src/ports/effects.ts';
import type { Engine, StartRequest } from '../../src/ports/engine.ts';
import type { Runs } from '../../src/ports/runs.ts';
import { aChange } from './orders.ts';

/** The ledger without a database: what was done under a key is not done again. */
export function createInMemoryEffects(): Effects {
  const results = new Map<string, unknown>();
  return {
    async ensure<Result>(effect: Effect<Result>): Promise<Result> {
      const { key } = effect;
      if (!results.has(key)) {
        results.set(key, structuredClone(await effect.send()));
      }
      // Recorded by this effect's own `send`.
      return results.get(key) as Result;
    },
  };
}

/** The stored runs, in the order in which they were first saved. */
export function createInMemoryRuns(): Runs {
  const saved = new Map<string, Run>();
  function of(subjectKey: string): Run[] {
    return [...saved.values()].filter(({ order }) => toSubjectKey(order.subject) === subjectKey);
  }
  return {
    async save(run) {
      if (run.state !== 'queued' || !saved.has(run.order.id)) {
        saved.set(run.order.id, run);
      }
    },
    find: async (id) => saved.get(id) ?? null,
    exists: async (id) => saved.has(id),
    async hasEnded(id) {
      const run = saved.get(id);
      return run !== undefined && isEnded(run);
    },
    unreadable: async () => [],
    endUnreadable: async (id) => void saved.delete(id),
    isJudging: async (subjectKey, { workflow, headSha }) =>
      of(subjectKey).some(
        (run) => !isEnded(run) && run.order.workflow === workflow && run.order.change?.headSha === headSha,
      ),
    async latest(subjectKey) {
      const all = of(subjectKey);
      return all.findLast((run) => !isEnded(run)) ?? all.at(-1) ?? null;
    },
    onBranch: async (subjectKey, branch) =>
      of(subjectKey).findLast(({ order }) => order.branch === branch) ?? null,
    open: async (subjectKey) => of(subjectKey).filter((run) => !isEnded(run)),
  };
}

/** What an engine was asked to do. */
export interface InMemoryEngine extends Engine {
  readonly started: StartRequest[];
  readonly sent: { readonly id: string; readonly message: unknown }[];
  readonly aborted: string[];
  /** What a run does when it looks into its mailbox. */
  read(id: string): void;
}

export function createInMemoryEngine(): InMemoryEngine {
  const started: StartRequest[] = [];
  const sent: { id: string; message: unknown }[] = [];
  const aborted: string[] = [];
  const keys = new Set<string>();
  const unread = new Map<string, { id: string; message: unknown }>();
  return {
    started,
    sent,
    aborted,
    async start(request) {
      if (!started.some(({ id }) => id === request.id)) {
        started.push(request);
      }
    },
    async send(id, message, key) {
      if (!started.some((request) => request.id === id)) {
        throw new Error(`${id} was never started`);
      }
      if (!keys.has(key)) {
        keys.add(key);
        const entry = { id, message };
        unread.set(key, entry);
        sent.push(entry);
      }
    },
    unanswered: async (id) =>
      [...unread].flatMap(([key, entry]) => (entry.id === id ? [{ key, message: entry.message }] : [])),
    async takeBack(id, key) {
      const message = unread.get(key);
      if (message?.id !== id) {
        return false;
      }
      sent.splice(sent.indexOf(message), 1);
      return unread.delete(key) && keys.delete(key);
    },
    read(id) {
      for (const [key, message] of unread) {
        if (message.id === id) {
          unread.delete(key);
        }
      }
    },
    async abort(id) {
      aborted.push(id);
    },
  };
}

/** GitHub as a test sets it: who may do what, how the issue is, and which surfaces cannot be shown. */
export interface InMemoryCodeHost extends CodeHost {
  permission: Permission | Error;
  live: LiveIssue;
  pull: LivePullRequest;
  /** Whether what runs have proposed was merged. */
  merged: boolean;
  /** Thrown instead of showing the surface. */
  fault: (surface: SurfaceInput) => Error | null;
  /** The issues that there are, with what was asked for when they were made. */
  readonly issues: (FiledIssue & { readonly request: IssueRequest })[];
  readonly shown: { readonly number: number; readonly owner: string; readonly surface: SurfaceInput }[];
}

export function createInMemoryCodeHost(): InMemoryCodeHost {
  const host: InMemoryCodeHost = {
    permission: 'admin',
    live: { state: 'open', labels: ['baton'], isPullRequest: false },
    merged: false,
    pull: { state: 'open', isDraft: false, change: aChange() },
    fault: () => null,
    issues: [],
    shown: [],
    async permissionOf() {
      if (host.permission instanceof Error) {
        throw host.permission;
      }
      return host.permission;
    },
    isInTeam: async () => false,
    issue: async () => host.live,
    pullRequest: async () => host.pull,
    isMerged: async () => host.merged,
    async ensure(subject: Subject, owner, surface) {
      const fault = host.fault(surface);
      if (fault !== null) {
        throw fault;
      }
      host.shown.push({ number: subject.number, owner, surface });
      return { number: host.shown.length, url: '' };
    },
    mergePullRequest: async () => ({ commit: 'e'.repeat(40) }),
    async ensureIssue(_repository, request) {
      const known = host.issues.find((issue) => issue.request.fingerprint === request.fingerprint);
      if (known !== undefined) {
        return known;
      }
      const number = 100 + host.issues.length;
      const url = `https://github.com/acme/orders/issues/${number}`;
      const made = { number, url, state: 'open', filedBy: request.runId, request } as const;
      host.issues.push(made);
      return made;
    },
  };
  return host;
}
