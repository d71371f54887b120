import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LogLine } from '../../src/demo/baton-process.ts';
import type { RequestFault } from '../../src/simulator/simulator.ts';
import { goodAgents } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

const requestSchema = z.object({
  time: z.iso.datetime().transform(Date.parse),
  ms: z.number(),
  status: z.int().nullable(),
});

let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Array.from({ length: 20 }, () => SMALL));
});
afterAll(() => scene.stop());

/** A whole run, with its approval, from the label to the pull request. */
async function finish(ticket: Ticket): Promise<void> {
  await ticket.label('will');
  await ticket.run({ state: 'held', step: 'design-approval' });
  await ticket.comment('wilma', '/baton approve');
  await ticket.run({ state: 'succeeded' });
}

/** What Baton wrote to the repository of an issue, by kind. */
function written({ place }: Ticket): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { actor, kind, path } of scene.stage.simulator.ledger()) {
    if (actor === 'baton[bot]' && path.includes(`/${place.owner}/`)) {
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
  }
  return counts;
}

function inRepository({ place }: Ticket, rest: string): RegExp {
  return new RegExp(`^/repos/${place.owner}/${place.repo}${rest}`);
}

describe('scenarios/github-trouble', () => {
  let usual: Record<string, number>;

  it('an undisturbed run makes the same writes each time', async () => {
    await scene.play(goodAgents());
    const [one, two] = [await scene.open(), await scene.open()];
    await finish(one);
    await finish(two);
    await scene.handled();
    usual = written(one);
    expect(written(two)).toEqual(usual);
    expect(usual).toMatchObject({ 'pulls/create': 1, 'issues/create-comment': 1, 'git/push': 1 });
  });

  it.each<[string, (ticket: Ticket) => readonly RequestFault[]]>([
    [
      '502 on reads',
      (ticket) => [
        {
          method: 'GET',
          path: inRepository(ticket, '/(issues|pulls|commits|check-runs|collaborators)'),
          status: 502,
          times: 2,
        },
      ],
    ],
    [
      'resets of reads',
      (ticket) => [{ method: 'GET', path: inRepository(ticket, '/'), status: 'reset', times: 2 }],
    ],
    [
      'a comment that was made although its answer was lost',
      (ticket) => [
        {
          method: 'POST',
          path: inRepository(ticket, '/issues/\\d+/comments'),
          status: 'reset',
          when: 'after',
        },
      ],
    ],
    [
      'a pull request that was made although GitHub said 502',
      (ticket) => [{ method: 'POST', path: inRepository(ticket, '/pulls$'), status: 502, when: 'after' }],
    ],
    [
      'check runs that were made although the answers were lost',
      (ticket) => [
        {
          method: 'POST',
          path: inRepository(ticket, '/check-runs$'),
          status: 'reset',
          when: 'after',
          times: 3,
        },
      ],
    ],
    [
      'writes that GitHub answered with 502 and did not do',
      (ticket) => [
        {
          method: 'POST',
          path: inRepository(ticket, '/(pulls|check-runs|issues/\\d+/comments)$'),
          status: 502,
          times: 3,
        },
      ],
    ],
    [
      '429 on a write',
      (ticket) => [
        {
          method: 'POST',
          path: inRepository(ticket, '/check-runs$'),
          status: 429,
          headers: { 'retry-after': '1' },
          body: { message: 'Slow down' },
        },
      ],
    ],
    [
      'a token that was revoked',
      (ticket) => [
        {
          path: inRepository(ticket, '/(check-runs|pulls)$'),
          status: 401,
          body: { message: 'Bad credentials' },
        },
      ],
    ],
    [
      'a repository that was renamed',
      (ticket) => [
        {
          path: inRepository(ticket, '/issues/1$'),
          status: 301,
          headers: { location: `/repos/${ticket.place.owner}/${ticket.place.repo}/issues/1` },
        },
      ],
    ],
  ])('a run comes through %s, and writes everything once', async (_, faults) => {
    await scene.play(goodAgents());
    const ticket = await scene.open();
    for (const fault of faults(ticket)) {
      scene.stage.simulator.inject(fault);
    }
    await finish(ticket);
    await scene.handled();
    expect(await ticket.pulls()).toHaveLength(1);
    expect(await ticket.progress()).toHaveLength(1);
    const counts = written(ticket);
    for (const kind of ['pulls/create', 'issues/create-comment', 'git/push', 'checks/create']) {
      expect(counts[kind], kind).toBe(usual[kind]);
    }
  });

  it('sends nothing during the time for which GitHub asked to be left alone, and goes on after it', async () => {
    await scene.play(goodAgents());
    const ticket = await scene.open();
    const { simulator } = scene.stage;
    await ticket.label('will');
    await ticket.run({ state: 'held' });
    await scene.handled();
    simulator.inject({
      method: 'PATCH',
      path: inRepository(ticket, '/issues/comments/'),
      status: 403,
      headers: { 'retry-after': '2' },
      body: { message: 'You have exceeded a secondary rate limit.' },
    });
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    const asked = scene.stage.lines.filter(({ msg }) => msg === 'GitHub was asked').map(toRequest);
    const refused = asked.findLast(({ status }) => status === 403);
    const endedAt = refused?.endedAt ?? Number.NaN;
    const after = asked.filter(({ startedAt }) => startedAt > endedAt);
    expect(after.length).toBeGreaterThan(0);
    // GitHub asked for two seconds of quiet; a busy machine may write the refusal down late.
    expect(Math.min(...after.map(({ startedAt }) => startedAt)) - endedAt).toBeGreaterThan(1000);
    expect(await ticket.pulls()).toHaveLength(1);
  });

  it('a webhook that is delivered twice, or late, changes nothing more', async () => {
    await scene.play(goodAgents());
    const ticket = await scene.open();
    scene.stage.simulator.injectDelivery({ event: 'issues', action: 'labeled', fault: 'duplicate' });
    scene.stage.simulator.injectDelivery({
      event: 'issue_comment',
      action: 'created',
      fault: 'duplicate',
      times: 4,
    });
    await finish(ticket);
    await scene.deliver('issues', {});
    await scene.handled();
    expect(await ticket.progress()).toHaveLength(1);
    expect(written(ticket)).toEqual(usual);
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});

/** When a request began and ended, by the clock of the log. */
function toRequest(line: LogLine) {
  const { time, ms, status } = requestSchema.parse(line);
  return { status, startedAt: time - ms, endedAt: time };
}
