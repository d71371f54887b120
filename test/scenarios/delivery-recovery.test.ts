import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENCE } from '../support/patience.ts';
import { type Scene, setScene } from './scene.ts';
import { NO_ENVIRONMENT, SLOW, TIDY, TROUBLE } from './stories/delivery-recovery-story.ts';
import { TICKET } from './stories/delivery-story.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([NO_ENVIRONMENT, TIDY, SLOW]);
});
afterAll(() => scene.stop());

async function deliver(owner: string): Promise<Ticket> {
  const ticket = await scene.open({ ...TICKET, at: { owner, repo: 'sums' } });
  await ticket.label('will', 'baton:delivery');
  return ticket;
}

async function headOf(ticket: Ticket): Promise<string> {
  return (await ticket.branches())[0]?.commit.sha ?? '';
}

async function asked(ticket: Ticket): Promise<string> {
  return (await ticket.progress())[0] ?? '';
}

/** What Baton says at once to a command that it does not follow. */
async function answerTo(ticket: Ticket, text: string): Promise<string> {
  const id = await ticket.comment('will', text);
  await scene.handled();
  expect(await ticket.reactions(id)).toContain('confused');
  return (await ticket.said()).at(-1) ?? '';
}

/** The issue that says a person is needed, besides the ticket, once it is there. */
async function interventionOf({ place }: Ticket): Promise<string> {
  const { issues } = scene.stage.as('boss').rest;
  return await vi.waitFor(async () => {
    const { data } = await issues.listForRepo({ ...place, labels: 'baton: intervention' });
    const [issue] = data;
    return issue === undefined ? expect.fail('there is no issue yet') : `${issue.title}\n${issue.body}`;
  }, PATIENCE);
}

/** A person mends a file of the run's branch by hand: null takes it away. */
async function mend(ticket: Ticket, path: string, text: string | null): Promise<void> {
  const [branch] = await ticket.branches();
  const { repos } = scene.stage.as('wilma').rest;
  const at = { ...ticket.place, path, branch: branch?.name ?? '', message: `Mend ${path}` };
  const { data } = await repos.getContent({ ...ticket.place, path, ref: at.branch });
  const sha = Array.isArray(data) ? '' : data.sha;
  await (text === null
    ? repos.deleteFile({ ...at, sha })
    : repos.createOrUpdateFileContents({ ...at, sha, content: Buffer.from(text).toString('base64') }));
}

async function tellSecrets(): Promise<void> {
  const ticket = await deliver('org-1');
  await ticket.run({ state: 'held', step: 'security-gates', attempt: 1 });
  const halted = await headOf(ticket);
  const block = await ticket.fileAt(halted, 'docs/security/SUM-7-block.md');
  expect(block).toContain('SUMS_API_KEY is a secret, and is read from the environment');
  const [branch] = await ticket.branches();
  await expect.poll(async () => (await ticket.said()).length).toBe(2);
  const told = (await ticket.said()).join('\n');
  expect(told).toContain(
    `push a change that mends each finding to \`${branch?.name}\`, then \`/baton retry\``,
  );
  expect(told).toMatch(/`\/baton approve [0-9a-f]{12}`: it goes on as it is\. Not for `will`/);
  expect(await interventionOf(ticket)).toMatch(
    /^Manual intervention: SUM-7, Gates of security\n[^]*on #1\*\*[^]*^- `\/baton approve [0-9a-f]{12}`: Goes on to Pull request\.$/m,
  );

  await ticket.comment('wilma', '/baton rollback scaffolding');
  await ticket.run({ state: 'held', step: 'security-gates', attempt: 2 });
  await expect
    .poll(async () => (await ticket.said()).join('\n'))
    .toContain('A rollback has taken this back.');
  const checks = await ticket.checks(halted);
  expect(checks.filter(({ conclusion }) => conclusion === 'action_required')).toEqual([]);

  await ticket.comment('wilma', '/baton retry');
  await ticket.run({ decision: 'ignore' });
  await expect.poll(async () => (await ticket.said()).join('\n')).toContain('Nothing was pushed to');
  await mend(ticket, 'src/keys.js', 'export const key = null;\n');
  await ticket.comment('wilma', '/baton retry');
  await ticket.run({ state: 'succeeded' });
  const [pull] = await ticket.pulls();
  expect(await answerTo(ticket, '/baton rollback scaffolding')).toContain(
    `The last one has ended in #${pull?.number}, and is not taken up again`,
  );
}

async function tellDeadCode(): Promise<void> {
  const ticket = await deliver('org-2');
  await ticket.run({ state: 'held', step: 'implementation-gates', attempt: 2 });
  expect(await asked(ticket)).toContain('has rejected the work for what another plan would not mend');
  expect(await asked(ticket)).toContain('and write `/baton retry implementation-gates`');
  expect(await interventionOf(ticket)).toContain(
    '- `/baton retry <guidance>`: Goes back to 4. Implementation',
  );
  await mend(ticket, 'src/dead.js', null);
  await ticket.comment('wilma', '/baton retry implementation-gates');
  await ticket.run({ state: 'held', step: 'implementation-gates', attempt: 3 });
  expect(await asked(ticket)).toContain(
    'left-pad is new, and nobody has agreed to it. The reason given: left-pad: nothing that is here pads a text',
  );
  await ticket.comment('maya', '/baton approve');
  await ticket.run({ state: 'succeeded' });
}

async function tellSlowness(): Promise<void> {
  const ticket = await deliver('org-3');
  await ticket.run({ state: 'held', step: 'performance-gates', attempt: 3 });
  expect(await asked(ticket)).toContain('Performance has rejected the work 3 times');
  const report = await ticket.fileAt(await headOf(ticket), 'docs/performance/SUM-7.md');
  expect(report).toContain('p99 is 103 ms; its target is 100 ms.');
  await ticket.comment('wilma', '/baton retry Then write down which target holds.');
  await ticket.run({ state: 'held', step: 'performance-gates', attempt: 4 });
  expect(await asked(ticket)).toContain(
    'p99 is 103 ms, and its target is 100 ms; docs/adr/ADR-1-sum.md says why 110 ms shall hold instead.',
  );
  await ticket.comment('maya', '/baton approve');
  await ticket.run({ state: 'succeeded' });
}

describe('scenarios/delivery-recovery', () => {
  it('what no agent may settle waits for a person, who is told what can be done and how', async () => {
    await scene.play(TROUBLE);
    await Promise.all([tellSecrets(), tellDeadCode(), tellSlowness()]);
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
