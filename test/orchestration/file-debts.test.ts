import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isBegun } from '../../src/domain/run.ts';
import { type DebtDesk, fileDebts } from '../../src/orchestration/file-debts.ts';
import { handleIntent } from '../../src/orchestration/handle-intent.ts';
import { RefusedError } from '../../src/ports/effects.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryCodeHost } from '../support/in-memory-world.ts';
import { aComment, openDesk, openDeskWith } from '../support/intent-desk.ts';
import { anOrder } from '../support/orders.ts';
import { designed, triaged } from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';

function put(title: string) {
  return { title, why: 'Not asked for.', evidence: 'src/api.ts:3', labels: ['bug'] };
}

function putOff(id: string, ...titles: readonly string[]) {
  const run = runAfter([{ ...triaged, deferred: titles.map(put) }, designed], anOrder({ id }));
  if (!isBegun(run)) {
    throw new Error('the run has not begun');
  }
  return { run, pullRequest: { number: 43 } };
}

function openDebtDesk() {
  const codeHost = createInMemoryCodeHost();
  const desk: DebtDesk = {
    codeHost,
    log: SILENT,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    describe: ({ title }) => ({ title, body: title }),
    again: (done) => `After #${done}.`,
    add: ({ title }, _origin, state) => ({ kind: 'comment', key: title, body: state }),
  };
  return { codeHost, desk };
}

describe('orchestration/file-debts', () => {
  it('files what the run has put off, up to the cap, and says what is over', async () => {
    const { codeHost, desk } = openDebtDesk();
    const { run, pullRequest } = putOff('run-1', 'a', 'b', 'c');
    const settings = { ...run.settings, debt: { maxPerRun: 2, labels: ['tech-debt'] as [string] } };
    const { debts, unfiled } = await fileDebts({ run: { ...run, settings }, pullRequest }, desk);
    expect(debts.map(({ title, number, known }) => [title, number, known])).toEqual([
      ['a', 100, false],
      ['b', 101, false],
    ]);
    expect(unfiled).toMatchObject([{ title: 'c', why: 'one run files at most 2' }]);
    expect(codeHost.issues[0]?.request).toMatchObject({
      runId: 'run-1',
      title: 'a',
      labels: ['tech-debt'],
      suggested: ['bug'],
    });
    expect(codeHost.shown).toEqual([]);
  });

  it('files what a member calls critical as what the repository calls so, also when there is no such label', async () => {
    const { codeHost, desk } = openDebtDesk();
    const { run } = putOff('run-1', 'a');
    const labels = { ...run.settings.team.labels, critical: 'P0' };
    const [first] = run.history;
    const asked = { ...run, settings: { ...run.settings, team: { ...run.settings.team, labels } } };
    const history = run.history.map((record) =>
      record === first && record.outcome.kind === 'passed'
        ? {
            ...record,
            outcome: { ...record.outcome, deferred: [{ ...put('a'), labels: ['Critical', 'bug'] }] },
          }
        : record,
    );
    await fileDebts({ run: { ...asked, history }, pullRequest: null }, desk);
    const order = { ...run.order, id: 'run-2', member: 'assistant' };
    codeHost.issues.splice(0);
    await fileDebts({ run: { ...asked, history, order }, pullRequest: null }, desk);
    expect(codeHost.issues.map(({ request }) => [request.labels, request.suggested])).toEqual([
      [['tech-debt', 'P0'], ['bug']],
    ]);
  });

  it('adds a second run to the issue of the first, and is the same when it is done again', async () => {
    const { codeHost, desk } = openDebtDesk();
    const first = await fileDebts(putOff('run-1', 'a'), desk);
    expect(await fileDebts(putOff('run-1', 'a'), desk)).toEqual(first);
    expect(codeHost.shown).toEqual([]);
    expect((await fileDebts(putOff('run-2', 'A!'), desk)).debts).toMatchObject([
      { number: 100, known: true },
    ]);
    expect(codeHost.issues).toHaveLength(1);
    expect(codeHost.shown).toMatchObject([{ number: 100, owner: 'run-2', surface: { body: 'open' } }]);
  });

  it('says that the issue is closed', async () => {
    const { codeHost, desk } = openDebtDesk();
    await fileDebts(putOff('run-1', 'a'), desk);
    codeHost.issues.splice(0, 1, ...codeHost.issues.map((issue) => ({ ...issue, state: 'closed' as const })));
    await fileDebts(putOff('run-2', 'a'), desk);
    expect(codeHost.shown).toMatchObject([{ surface: { body: 'closed' } }]);
  });

  it('does not let one that GitHub refuses keep the others, or the pull request, waiting', async () => {
    const { codeHost, desk } = openDebtDesk();
    const refusing: DebtDesk = {
      ...desk,
      codeHost: {
        ...codeHost,
        ensureIssue: (repository, request) =>
          request.title === 'a'
            ? Promise.reject(new RefusedError('410 Issues are disabled'))
            : codeHost.ensureIssue(repository, request),
      },
    };
    const { debts, unfiled } = await fileDebts(putOff('run-1', 'a', 'b'), refusing);
    expect(debts).toMatchObject([{ title: 'b' }]);
    expect(unfiled).toMatchObject([{ title: 'a', why: 'GitHub did not take it' }]);
  });

  it('is known also when a locked issue takes no comment', async () => {
    const { codeHost, desk } = openDebtDesk();
    await fileDebts(putOff('run-1', 'a'), desk);
    codeHost.fault = () => new RefusedError('403 locked');
    expect((await fileDebts(putOff('run-2', 'a'), desk)).debts).toMatchObject([{ known: true }]);
  });

  it('is tried again when it is open whether it was taken', async () => {
    const { codeHost, desk } = openDebtDesk();
    const broken = { ...codeHost, ensureIssue: () => Promise.reject(new Error('502')) };
    await expect(fileDebts(putOff('run-1', 'a'), { ...desk, codeHost: broken })).rejects.toThrow('502');
  });
});

describe('orchestration/handle-intent: debt', () => {
  it('answers with what the newest run has put off, and with nothing when there is none', async () => {
    const { desk, codeHost } = await openDeskWith(putOff('run-1', 'a').run);
    await handleIntent(aComment({ kind: 'debt' }), desk);
    const [answer] = codeHost.shown.filter(({ surface }) => surface.key === 'answer');
    expect(JSON.parse(answer?.surface.kind === 'comment' ? answer.surface.body : '')).toMatchObject({
      kind: 'debt',
      runId: 'run-1',
      filed: [],
      unfiled: [{ title: 'a', why: 'it is filed when the pull request is open' }],
    });
    const empty = openDesk();
    await handleIntent(aComment({ kind: 'debt' }), empty.desk);
    expect(empty.answers()).toEqual(['debt']);
  });
});
