import type { RunningEngine } from '../engine/create-engine.ts';
import type { Forgettable } from '../orchestration/forget-old.ts';
import type { Store } from '../store/create-store.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * What Baton forgets, and when. Deliveries outlast the three days in which GitHub can send one again; what was done
 * outlasts every delivery that could ask for it again. Calls to models are kept for a year's
 * accounts, and for as long what people wrote into our comments: no run writes them again after that. Runs are kept: they
 * are the history.
 */
export function toForgettables(engine: RunningEngine, store: Store): readonly Forgettable[] {
  return [
    { what: 'deliveries', keptMs: 7 * DAY_MS, prune: (age, limit) => store.inbox.prune(age, limit) },
    { what: 'effects', keptMs: 30 * DAY_MS, prune: (age, limit) => store.pruneEffects(age, limit) },
    {
      what: 'calls to models',
      keptMs: 400 * DAY_MS,
      prune: (age, limit) => store.pruneModelUsage(age, limit),
    },
    {
      what: 'edits of comments',
      keptMs: 400 * DAY_MS,
      prune: (age, limit) => store.pruneCommentEdits(age, limit),
    },
    {
      what: 'trace events',
      keptMs: 30 * DAY_MS,
      prune: (age, limit) => store.pruneTraceEvents(age, limit),
    },
    { what: 'workflows', keptMs: 30 * DAY_MS, prune: (age, limit) => engine.prune(age, limit) },
  ];
}
