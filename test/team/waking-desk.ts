import type { Member } from '../../src/domain/team/member.ts';
import { teamSettingsSchema } from '../../src/domain/team/team-settings.ts';
import type { TeamDesk } from '../../src/team/team-desk.ts';
import type { useStores } from '../store/test-store.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';
import { createInMemoryCodeHost } from '../support/in-memory-world.ts';
import { SILENT_TRACES } from '../support/silent-traces.ts';

export const CLOCK = { now: () => '2026-03-02T08:00:00.000Z' };

let repositories = 0;

/** A member that crashes so often before it does its work. */
export function aMember(crashes: number): Member {
  let left = crashes;
  return {
    name: 'architect',
    summary: 'Crashes.',
    role: null,
    priority: 1,
    everySeconds: 60,
    wokenBy: [],
    decide() {
      left -= 1;
      if (left >= 0) {
        throw new Error(`crash ${crashes - left}`);
      }
      return [];
    },
  };
}

/** A member that crashes so often, where it works, and what it is woken for. */
export async function setDesk(
  stores: ReturnType<typeof useStores>,
  crashes: number,
  own: Readonly<Record<string, unknown>> = {},
) {
  repositories += 1;
  const repository = { id: repositories, owner: 'acme', name: `r${repositories}`, installationId: 1 };
  const store = await stores.open();
  const codeHost = createInMemoryCodeHost();
  const desk: TeamDesk = {
    members: [aMember(crashes)],
    records: store.teamRecords(CLOCK),
    messages: store.messages({ clock: CLOCK, maxQueueSize: 100 }),
    sight: {
      installed: async () => [],
      issues: async () => [],
      pulls: async () => [],
      changedPaths: async () => [],
      labelling: async () => null,
      hasIssue: async () => true,
    },
    codeHost,
    clock: CLOCK,
    wait: () => new Promise(() => undefined),
    log: SILENT,
    rules: { maxRestarts: 3, backOffMs: 60_000 },
    traces: SILENT_TRACES,
    supervisor: { attend: () => ({ heard: () => {}, started: () => {}, ended: () => {} }) },
    pid: 1,
    process: 'here',
    login: 'baton[bot]',
    handle: async () => undefined,
    runIdOf: () => 'run-1',
    isOutage: (error) => error instanceof Error && error.message === 'GitHub is away',
    isLeftAlone: () => false,
    hasRun: async () => false,
    hasShown: async (owner, key) =>
      codeHost.shown.some((one) => one.owner === owner && one.surface.key === key),
    issueOf: () => null,
    matches: () => false,
    show: (key, note) => ({ kind: 'comment', key, body: JSON.stringify(note) }),
    board: { title: 'Board', body: '' },
  };
  const settings = teamSettingsSchema.parse({
    enabled: true,
    notify: 7,
    members: { architect: own },
  });
  await desk.records.saveRepository(repository, settings, 'now');
  const waking = {
    id: `waking:${repository.id}:architect:tick 1`,
    repositoryId: repository.id,
    member: 'architect',
    reason: 'tick 1',
  };
  async function stateOf() {
    const all = await desk.records.wakings();
    return all.find(({ repositoryId }) => repositoryId === repository.id);
  }
  return { desk, waking, stateOf, codeHost };
}

/** A member calls nobody. */
export function durable(journal: unknown[] = []) {
  return createInMemoryDurable(() => Promise.reject(new Error('nobody is called')), journal);
}
