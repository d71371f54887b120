import { createHash } from 'node:crypto';
import type { Intent } from '../../src/domain/intent.ts';
import type { IntentDesk } from '../../src/orchestration/handle-intent.ts';
import { SILENT } from './examples.ts';
import {
  createInMemoryCodeHost,
  createInMemoryEffects,
  createInMemoryEngine,
  createInMemoryRuns,
} from './in-memory-world.ts';
import { anOrder, MAINTAINER } from './orders.ts';

const ORDER = anOrder();

/** A desk in an empty world. Answers and acknowledgements are comments that say what they are. */
export function openDesk() {
  const codeHost = createInMemoryCodeHost();
  const engine = createInMemoryEngine();
  const heads = new Map<string, string>();
  const desk: IntentDesk = {
    engine,
    codeHost,
    runs: createInMemoryRuns(),
    effects: createInMemoryEffects(),
    log: SILENT,
    workspace: {
      remoteHead: async (_repository, branch) => heads.get(branch) ?? null,
      readTrailers: async () => ({}),
    },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    sandbox: 'bubblewrap',
    present: ({ state }) => [{ kind: 'comment', key: 'progress', body: state }],
    reviewEvents: async () => ['opened', 'synchronize', 'labeled'],
    forkNotice: ({ headSha }) => [{ kind: 'comment', key: 'fork-notice', body: headSha }],
    previewConfiguration: async () => null,
    configurationCheck: () => [],
    acknowledge: () => [{ kind: 'reaction', key: 'seen', content: 'eyes' }],
    answer: (_intent, answer) => [{ kind: 'comment', key: 'answer', body: JSON.stringify(answer) }],
  };
  /** The kinds of all answers, in order. */
  function answers(): string[] {
    return codeHost.shown.flatMap(({ surface }) =>
      surface.kind === 'comment' && surface.key === 'answer' ? [JSON.parse(surface.body).kind] : [],
    );
  }
  return { desk, codeHost, engine, heads, answers };
}

/** The maintainer has put the label on. */
export function anIntent(changes: Partial<Intent> = {}): Intent {
  return {
    key: 'label:901:1:2',
    ask: { kind: 'start', workflow: null },
    subject: ORDER.subject,
    actor: MAINTAINER,
    requires: 'write',
    source: { kind: 'label', label: 'baton' },
    at: '2026-03-02T09:59:00Z',
    ticket: ORDER.ticket,
    ...changes,
  };
}

/** The maintainer has written a comment. */
export function aComment(ask: Intent['ask'], id = 5): Intent {
  return anIntent({
    key: `comment:901:${id}:0`,
    ask,
    source: { kind: 'comment', commentId: id, ordinal: 0 },
  });
}

/** A world in which these runs were started before. */
export async function openDeskWith(...runs: readonly Parameters<IntentDesk['runs']['save']>[0][]) {
  const world = openDesk();
  for (const run of runs) {
    await world.engine.start({ workflow: 'run', id: run.order.id, input: run.order });
    await world.desk.runs.save(run);
  }
  return world;
}
