import { describe, expect, it } from 'vitest';
import { handleIntent } from '../../src/orchestration/handle-intent.ts';
import { UnreadableRunError } from '../../src/ports/runs.ts';
import { aComment, anIntent, openDeskWith } from '../support/intent-desk.ts';
import { aChange, anOrder, MAINTAINER, sha } from '../support/orders.ts';
import { aHeldRun, aQueuedRun, aSecurityHeldRun, aSucceededRun } from '../support/runs.ts';

const ORDER = anOrder();
const cancel = { kind: 'cancel', reason: 'obsolete' } as const;

describe('orchestration/steer-runs', () => {
  const second = anOrder({ id: 'run-second' });

  it('binds an approval to its time, the live head of the branch and the digest', async () => {
    const { desk, engine, heads, answers } = await openDeskWith(aHeldRun(), aQueuedRun(second));
    heads.set(ORDER.branch, sha('b'));
    await handleIntent(aComment({ kind: 'approve', digest: '3f9c21' }), desk);
    const steer = { kind: 'approve', givenAt: '2026-03-02T09:59:00Z', head: sha('b'), digest: '3f9c21' };
    const message = {
      by: MAINTAINER,
      permission: 'admin',
      steer,
      intentKey: 'comment:901:5:0',
      commentId: 5,
    };
    expect(engine.sent).toEqual([{ id: ORDER.id, message }]);
    expect(answers()).toEqual([]);
  });

  it('looks up the team by which somebody may release a security hold, and says when it cannot', async () => {
    const security = { approvers: ['acme/security'] };
    const held = aSecurityHeldRun();
    const run = { ...held, settings: { ...held.settings, security } };
    const { desk, engine, codeHost, answers } = await openDeskWith(run);
    codeHost.isInTeam = async (_repository, { team }) => team === 'acme/security';
    await handleIntent(aComment({ kind: 'approve', digest: null }), desk);
    expect(engine.sent[0]?.message).toHaveProperty('steer.team', 'acme/security');
    codeHost.isInTeam = () => Promise.reject(new Error('GitHub did not tell.'));
    await handleIntent(aComment({ kind: 'approve', digest: null }, 6), desk);
    expect(engine.sent).toHaveLength(1);
    expect(answers()).toEqual(['unsure']);
  });

  it('sends an approval without a digest, and asks for no branch before there is a run to have one', async () => {
    const { desk, engine, heads } = await openDeskWith(aQueuedRun());
    heads.set(ORDER.branch, sha('b'));
    await handleIntent(aComment({ kind: 'approve', digest: null }), desk);
    expect(engine.sent[0]?.message).toHaveProperty('steer.head', null);
    expect(engine.sent[0]?.message).not.toHaveProperty('steer.digest');
  });

  it.each([[{ kind: 'reject', reason: 'too big' }], [{ kind: 'retry', guidance: 'use 400' }]] as const)(
    'tells when a comment was written, and not when a button was shown: %o',
    async (ask) => {
      const { desk, engine } = await openDeskWith(aHeldRun());
      await handleIntent(aComment(ask), desk);
      await handleIntent(anIntent({ key: 'button:1', ask, source: { kind: 'button', checkRunId: 8 } }), desk);
      const steers = engine.sent.map(({ message }) => message);
      expect(steers).toMatchObject([{ steer: { ...ask, givenAt: '2026-03-02T09:59:00Z' } }, { steer: ask }]);
      expect(steers[1]).not.toHaveProperty('steer.givenAt');
    },
  );

  it('cancels all runs of the subject, and stops what they do', async () => {
    const { desk, engine } = await openDeskWith(aHeldRun(), aQueuedRun(second));
    await handleIntent(aComment(cancel), desk);
    expect(engine.sent.map(({ id }) => id)).toEqual([ORDER.id, second.id]);
    expect(engine.aborted).toEqual([ORDER.id, second.id]);
  });

  it('reaches the same runs when it is handled again, and none that came later', async () => {
    const { desk, engine, answers } = await openDeskWith(aHeldRun());
    await handleIntent(aComment(cancel), desk);
    engine.read(ORDER.id);
    await desk.runs.save(aSucceededRun());
    await engine.start({ workflow: 'run', id: second.id, input: second });
    await desk.runs.save(aQueuedRun(second));
    await handleIntent(aComment(cancel), desk);
    expect(engine.sent.map(({ id }) => id)).toEqual([ORDER.id]);
    expect(engine.aborted).not.toContain(second.id);
    expect(answers()).toEqual([]);
  });

  it('leaves a run alone that was asked for later, but not one of the same second', async () => {
    const late = openDeskWith(aQueuedRun(anOrder({ requestedAt: '2026-03-02T09:59:01Z' })));
    const same = openDeskWith(aQueuedRun(anOrder({ requestedAt: '2026-03-02T09:59:00.700Z' })));
    await handleIntent(aComment(cancel), (await late).desk);
    await handleIntent(aComment(cancel), (await same).desk);
    expect((await late).answers()).toEqual(['nothing-to-steer']);
    expect((await same).engine.sent).toHaveLength(1);
  });

  it('only the run of a closed pull request is withdrawn with it', async () => {
    const other = anOrder({ id: 'run-second', branch: 'baton/42-again' });
    const { desk, engine, answers } = await openDeskWith(aHeldRun(), aQueuedRun(other));
    const source = { kind: 'withdrawal', what: 'pull-request-closed', branch: other.branch } as const;
    await handleIntent(anIntent({ ask: cancel, requires: 'none', source }), desk);
    expect(engine.sent.map(({ id }) => id)).toEqual([other.id]);
    const unknown = { ...source, branch: 'baton/42-none' };
    await handleIntent(anIntent({ key: 'closed:2', ask: cancel, requires: 'none', source: unknown }), desk);
    expect(answers()).toEqual(['accepted']);
  });

  it('an issue that a merge has closed ends the run that was merged, and withdraws those that wait behind it', async () => {
    const { desk, engine, codeHost } = await openDeskWith(aHeldRun(), aQueuedRun(second));
    codeHost.merged = true;
    const source = { kind: 'withdrawal', what: 'issue-closed' } as const;
    await handleIntent(anIntent({ ask: cancel, requires: 'none', source }), desk);
    expect(engine.sent.map(({ message }) => message)).toMatchObject([
      { steer: { kind: 'merged' } },
      { steer: { kind: 'cancel' } },
    ]);
  });

  it('a push ends what is said of other heads of the pull request, and nothing else', async () => {
    const older = anOrder({ id: 'run-older', change: aChange({ headSha: sha('1') }) });
    const same = anOrder({ id: 'run-same', change: aChange({ headSha: sha('2') }) });
    const { desk, engine, answers } = await openDeskWith(aQueuedRun(), aQueuedRun(older), aQueuedRun(same));
    const source = { kind: 'withdrawal', what: 'pushed', head: sha('2') } as const;
    await handleIntent(anIntent({ ask: cancel, requires: 'none', source }), desk);
    expect(engine.sent).toEqual([{ id: older.id, message: expect.objectContaining({ unasked: true }) }]);
    expect(engine.aborted).toEqual([older.id]);
    expect(answers()).toEqual([]);
  });

  it('a push to a branch is told to its run, as the branch is now, and never to what judges a commit', async () => {
    const judging = anOrder({ id: 'run-judging', change: aChange() });
    const { desk, engine, heads } = await openDeskWith(aQueuedRun(judging), aHeldRun());
    heads.set(ORDER.branch, sha('c'));
    const source = { kind: 'withdrawal', what: 'pushed', branch: ORDER.branch } as const;
    const moved = anIntent({ ask: { kind: 'moved', head: sha('b') }, requires: 'none', source });
    await handleIntent(moved, desk);
    expect(engine.sent).toEqual([
      {
        id: ORDER.id,
        message: {
          by: MAINTAINER,
          steer: { kind: 'moved', head: sha('c') },
          intentKey: moved.key,
          unasked: true,
        },
      },
    ]);
    expect(engine.aborted).toEqual([]);
  });

  it('an approval of what judges a commit is about that commit', async () => {
    const change = aChange();
    const { desk, engine } = await openDeskWith(aHeldRun(anOrder({ change })));
    await handleIntent(aComment({ kind: 'approve', digest: null }), desk);
    expect(engine.sent[0]?.message).toMatchObject({ steer: { head: change.headSha } });
  });

  it('says so when there is nothing to steer', async () => {
    const { desk, answers } = await openDeskWith(aSucceededRun());
    await handleIntent(aComment({ kind: 'approve', digest: null }), desk);
    expect(answers()).toEqual(['nothing-to-steer']);
  });

  it('answers for a run that ended without reading what was said, also when it is handled again', async () => {
    const { desk, engine, answers } = await openDeskWith(aHeldRun());
    const send = engine.send.bind(engine);
    const late = {
      ...desk,
      engine: {
        ...engine,
        async send(...message: Parameters<typeof send>) {
          await desk.runs.save(aSucceededRun());
          await send(...message);
        },
      },
    };
    await handleIntent(aComment(cancel), late);
    expect(answers()).toEqual(['nothing-to-steer']);
    // What nobody reads interrupts nothing.
    expect(engine.aborted).toEqual([]);
    await handleIntent(aComment(cancel), late);
    expect(answers()).toEqual(['nothing-to-steer', 'nothing-to-steer']);
    expect(engine.sent).toEqual([]);
  });

  it('leaves the answer to a run that has read the message before it ended', async () => {
    const { desk, engine, answers } = await openDeskWith(aHeldRun());
    const send = engine.send.bind(engine);
    engine.send = async (...message) => {
      await send(...message);
      engine.read(ORDER.id);
      await desk.runs.save(aSucceededRun());
    };
    await handleIntent(aComment(cancel), desk);
    expect(answers()).toEqual([]);
  });

  it('says nothing of the runs that ended while another of the same issue takes what was said', async () => {
    const { desk, engine, answers } = await openDeskWith(aHeldRun(), aQueuedRun(second));
    const send = engine.send.bind(engine);
    engine.send = async (...message) => {
      await desk.runs.save(aSucceededRun());
      await send(...message);
    };
    await handleIntent(aComment(cancel), desk);
    expect(engine.sent.map(({ id }) => id)).toEqual([second.id]);
    expect(answers()).toEqual([]);
  });

  it('says which run it is that cannot be read since it was chosen, and leaves nothing of what was said to it', async () => {
    const { desk, engine, codeHost, answers } = await openDeskWith(aHeldRun());
    const retry = aComment({ kind: 'retry', guidance: '' });
    await handleIntent(retry, desk);
    expect(engine.sent).toHaveLength(1);
    const damaged = {
      ...desk,
      runs: {
        ...desk.runs,
        find: () => Promise.reject(new UnreadableRunError('it is damaged')),
        unreadable: async () => [ORDER],
      },
    };
    await handleIntent(retry, damaged);
    expect(answers()).toEqual(['unreadable']);
    expect(JSON.stringify(codeHost.shown.at(-1))).toContain(ORDER.id);
    expect(engine.sent).toEqual([]);
    const away = { ...desk, runs: { ...desk.runs, find: () => Promise.reject(new Error('no database')) } };
    await expect(handleIntent(retry, away)).rejects.toThrow('no database');
  });

  it('cancels also what cannot be read when a person asks for it, and not when an issue is closed', async () => {
    const { desk, engine, answers } = await openDeskWith(aHeldRun(), aQueuedRun(second));
    const damaged = {
      ...desk,
      runs: {
        ...desk.runs,
        find: (id: string) =>
          id === second.id ? Promise.reject(new UnreadableRunError('it is damaged')) : desk.runs.find(id),
        open: async () => [aHeldRun()],
        unreadable: async () => [second],
      },
    };
    const source = { kind: 'withdrawal', what: 'issue-closed' } as const;
    await handleIntent(anIntent({ key: 'closed:1', ask: cancel, requires: 'none', source }), damaged);
    expect(engine.sent.map(({ id }) => id)).toEqual([ORDER.id]);
    await handleIntent(aComment(cancel), damaged);
    expect(engine.sent.map(({ id }) => id)).toEqual([ORDER.id, ORDER.id, second.id]);
    expect(engine.sent.at(-1)?.message).toMatchObject({ steer: cancel });
    expect(engine.aborted).toContain(second.id);
    expect(answers()).toEqual([]);
  });

  it('cancels nothing that cannot be read and came after the word', async () => {
    const { desk, engine, answers } = await openDeskWith(aSucceededRun());
    const later = { id: 'run-lost', requestedAt: '2026-03-02T12:00:00.000Z' };
    await engine.start({ workflow: 'run', id: later.id, input: ORDER });
    desk.runs.unreadable = async () => [later];
    await handleIntent(aComment(cancel), desk);
    expect(engine.sent).toEqual([]);
    expect(answers()).toEqual(['unreadable']);
  });

  it('names what cannot be read about the pull request on whose page was asked', async () => {
    const { desk, answers } = await openDeskWith(aSucceededRun());
    desk.runs.unreadable = async (key) =>
      key.endsWith('#43') ? [{ id: 'run-lost', requestedAt: ORDER.requestedAt }] : [];
    const source = { kind: 'comment', commentId: 9, ordinal: 0, page: 43 } as const;
    await handleIntent(anIntent({ ask: { kind: 'retry', guidance: '' }, source }), desk);
    expect(answers()).toEqual(['unreadable']);
  });

  it('remembers the page on which it was asked', async () => {
    const { desk, engine } = await openDeskWith(aHeldRun());
    const source = { kind: 'comment', commentId: 9, ordinal: 0, page: 43 } as const;
    await handleIntent(anIntent({ ask: { kind: 'retry', guidance: '' }, source }), desk);
    expect(engine.sent[0]?.message).toMatchObject({ commentId: 9, page: 43 });
  });
});
