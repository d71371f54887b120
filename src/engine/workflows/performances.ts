import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { isLeaseLost } from '../../ports/lease.ts';

/** One step's work under way in this process. */
interface Performance {
  /** The workflow whose abort stops it: for a call, the caller. */
  readonly owner: string;
  readonly controller: AbortController;
  readonly over: PromiseWithResolvers<void>;
}

/** What performances need to know of the replica. */
export interface Conditions {
  /** Whether the workflow was asked to stop what it does and has not read why. */
  isAbortPending(owner: string): Promise<boolean>;
  isLeaseLost(): boolean;
}

/** How long work may take to react to its signal when the process stops. */
const STOP_GRACE_MS = 2_000;

/** The work that steps do in this process: what can be aborted, and what a stop waits for. */
export class Performances {
  readonly #conditions: Conditions;
  readonly #underWay = new Set<Performance>();
  /** DBOS counts whatever is asked of it within a workflow as a step of that workflow. */
  readonly #outside = AsyncLocalStorage.snapshot();
  #phase: 'open' | 'closing' | 'stopped' = 'open';

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
  }

  /** A remembered step of the current workflow. In-step retries are off: a caller who wants them makes steps of them. */
  async step<Result>(
    owner: string,
    name: string,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const performance = { owner, controller: new AbortController(), over: Promise.withResolvers<void>() };
    try {
      return await DBOS.runStep(() => this.#perform(performance, work), { name, retriesAllowed: false });
    } finally {
      this.#end(performance);
    }
  }

  /**
   * Runs `react` when the owner is aborted while `wait` is under way. That depends on when the abort comes, and a replay
   * meets none, so it happens outside of the workflow.
   */
  async reactToAbort<Result>(owner: string, react: () => void, wait: () => Promise<Result>): Promise<Result> {
    const performance = { owner, controller: new AbortController(), over: Promise.withResolvers<void>() };
    performance.controller.signal.addEventListener('abort', () => this.#outside(react), {
      once: true,
    });
    performance.over.resolve();
    this.#begin(performance);
    void this.#abortIfPending(owner, [performance]);
    try {
      return await wait();
    } finally {
      this.#end(performance);
    }
  }

  /** Aborts what the owner is doing in this process, unless it has read its messages meanwhile. */
  async abort(owner: string): Promise<void> {
    await this.#abortIfPending(
      owner,
      [...this.#underWay].filter((performance) => performance.owner === owner),
    );
  }

  /** Looks for aborts that were announced while nobody listened. */
  async abortMissed(): Promise<void> {
    const owners = new Set([...this.#underWay].map(({ owner }) => owner));
    await Promise.all([...owners].map((owner) => this.abort(owner)));
  }

  /** Lets no further step begin, waits for those under way, and after `limitMs` aborts and forgets them. */
  async close(limitMs: number): Promise<void> {
    this.#phase = 'closing';
    await this.#settledWithin(limitMs);
    this.cutShort();
    await this.#settledWithin(STOP_GRACE_MS);
  }

  /** Aborts everything now; nothing of it is remembered here. */
  cutShort(): void {
    this.#phase = 'stopped';
    for (const { controller } of this.#underWay) {
      controller.abort();
    }
  }

  async #perform<Result>(
    performance: Performance,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (this.#mayNotBegin()) {
      return never();
    }
    this.#begin(performance);
    void this.#abortIfPending(performance.owner, [performance]);
    const [outcome] = await Promise.allSettled([work(performance.controller.signal)]);
    // Work cut short by a stop, or done by a process which may not act, is not remembered: it is done again elsewhere.
    const failure: unknown = outcome.status === 'rejected' ? outcome.reason : null;
    if (this.#phase === 'stopped' || this.#conditions.isLeaseLost() || isLeaseLost(failure)) {
      this.#end(performance);
      return never();
    }
    if (outcome.status === 'rejected') {
      throw outcome.reason;
    }
    return outcome.value;
  }

  #mayNotBegin(): boolean {
    return this.#phase !== 'open' || this.#conditions.isLeaseLost();
  }

  #begin(performance: Performance): void {
    this.#underWay.add(performance);
  }

  #end(performance: Performance): void {
    this.#underWay.delete(performance);
    performance.over.resolve();
  }

  async #abortIfPending(owner: string, performances: readonly Performance[]): Promise<void> {
    // Without an answer there is no abort now; it is looked for again when the connection is back.
    const pending =
      performances.length > 0 && (await this.#conditions.isAbortPending(owner).catch(() => false));
    for (const { controller } of pending ? performances : []) {
      controller.abort();
    }
  }

  async #settledWithin(limitMs: number): Promise<void> {
    const limit = new AbortController();
    const settled = Promise.all([...this.#underWay].map(({ over }) => over.promise));
    await Promise.race([settled, delay(limitMs, undefined, { signal: limit.signal }).catch(() => undefined)]);
    limit.abort();
  }
}

/** The caller is left waiting on purpose: whoever takes the workflow over goes on from here. */
export function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}
