import type { RunningEngine } from '../engine/create-engine.ts';
import type { Forgettable } from '../orchestration/forget-old.ts';
import type { Store } from '../store/create-store.ts';
import type { Prunable } from '../store/prune-older.ts';
import type { OpenWorkspace } from '../workspace/create-workspace.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * What Baton forgets, and when. Deliveries outlast the three days in which GitHub can send one again; what was done
 * outlasts every delivery that could ask for it again. Calls to models are kept for a year's accounts, and for as long where
 * our comments are and what people wrote into them: what is still shown after that, such as a report of a team, is new. Mirrors are cloned anew when they
 * are needed. Runs are kept: they are the history.
 */
export function toForgettables(
  engine: RunningEngine,
  store: Store,
  workspace: Pick<OpenWorkspace, 'removeMirrors'>,
): readonly Forgettable[] {
  function forget(what: string, table: Prunable, days: number): Forgettable {
    return { what, keptMs: days * DAY_MS, prune: (age, limit) => store.pruneOlder(table, age, limit) };
  }
  return [
    { what: 'deliveries', keptMs: 7 * DAY_MS, prune: (age, limit) => store.inbox.prune(age, limit) },
    { what: 'effects', keptMs: 30 * DAY_MS, prune: (age, limit) => store.pruneEffects(age, limit) },
    forget('calls to models', 'model_usage', 400),
    { what: 'surfaces', keptMs: 400 * DAY_MS, prune: (age, limit) => store.pruneSurfaces(age, limit) },
    forget('edits of comments', 'comment_edits', 400),
    forget('trace events', 'trace_events', 30),
    forget('figures of the team', 'task_durations', 90),
    forget('restarts of members', 'restarts', 90),
    { what: 'wakings', keptMs: 30 * DAY_MS, prune: (age, limit) => store.pruneWakings(age, limit) },
    forget('agents of processes that are gone', 'agent_health', 1),
    { what: 'mirrors of repositories', keptMs: 30 * DAY_MS, prune: (age) => workspace.removeMirrors(age) },
    { what: 'workflows', keptMs: 30 * DAY_MS, prune: (age, limit) => engine.prune(age, limit) },
  ];
}
