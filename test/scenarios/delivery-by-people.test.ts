import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, setScene } from './scene.ts';
import { BY_HAND, DANGEROUS, goodPhases, TICKET } from './stories/delivery-story.ts';
import type { Place, Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([DANGEROUS, BY_HAND]);
});
afterAll(() => scene.stop());

async function deliver(at: Place): Promise<Ticket> {
  await scene.play(goodPhases());
  const opened = await scene.open({ ...TICKET, at });
  await opened.label('will', 'baton:delivery');
  return opened;
}

describe('scenarios/delivery-by-people', () => {
  it('asks for the record and the merge where the repository wants that, and merges what was approved', async () => {
    const ticket = await deliver({ owner: 'org-2', repo: 'sums' });
    await ticket.run({ state: 'held', step: 'adr-approval' });
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'held', step: 'merge-approval' });
    scene.stage.simulator.inject({ method: 'PUT', path: /\/merge$/, status: 405, when: 'before' });
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'held', step: 'merge' });
    expect((await ticket.progress())[0]).toContain('GitHub does not merge pull request');
    await ticket.comment('wilma', '/baton retry');
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    expect(pull?.merged_at).not.toBeNull();
    expect((await ticket.progress())[0]).toContain(`is merged as ${pull?.merge_commit_sha?.slice(0, 7)}`);
    const checks = await ticket.checks(pull?.head.sha ?? '');
    expect(checks.find(({ name }) => name === 'baton / success')?.output.summary).toMatch(
      /^\| The decision record is approved \| ✅ met \| approved by wilma \|/m,
    );
  });

  describe('a critical security finding', () => {
    async function headOf(ticket: Ticket): Promise<string> {
      return (await ticket.branches())[0]?.commit.sha ?? '';
    }

    /** What Baton says to the `nth` answer that does not count. */
    async function refusal(ticket: Ticket, nth: number, [login, words]: readonly [string, string]) {
      await ticket.comment(login, words);
      await ticket.run({ decision: 'ignore' }, nth);
      return (await ticket.said()).at(-1) ?? '';
    }

    /** The signed approval, as the store has it. */
    async function signedOf({ place }: Ticket): Promise<string> {
      const client = new Client({ connectionString: scene.stage.databaseUrl });
      await client.connect();
      try {
        const { rows } = await client.query(
          `select record->'decided'->>'signed' as signed from baton.runs, json_array_elements(progress->'history') record
           where "order"->'subject'->'repository'->>'owner' = $1 and record->'decided'->>'signed' is not null`,
          [place.owner],
        );
        expect(rows).toHaveLength(1);
        return rows[0].signed;
      } finally {
        await client.end();
      }
    }

    async function digestOf(ticket: Ticket): Promise<string> {
      const [progress = ''] = await ticket.progress();
      return /\/baton approve (?<digest>[0-9a-f]{12})/.exec(progress)?.groups?.['digest'] ?? '';
    }

    it('halts the run until an approver, who did not ask for it, has approved that commit', async () => {
      const ticket = await deliver({ owner: 'org-1', repo: 'sums' });
      await ticket.run({ state: 'held', step: 'security-gates' });
      const head = await headOf(ticket);
      const block = await ticket.fileAt(head, 'docs/security/SUM-7-block.md');
      expect(block).toContain('# SUM-7: halted for security');
      expect(block).toContain('## What has to be done');
      expect((await ticket.said()).join('\n')).toContain('Halted for security');
      const checks = await ticket.checks(head);
      expect(checks.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toContain(
        'baton / security-gates: failure',
      );

      const first = await digestOf(ticket);
      expect(await refusal(ticket, 1, ['will', '/baton approve'])).toContain('needs a second person');
      expect(await refusal(ticket, 2, ['wilma', '/baton approve'])).toContain('Only org-1/security');
      await ticket.comment('rita', '/baton approve');
      await scene.handled();
      expect((await ticket.said()).at(-1)).toContain('write');
      expect(await refusal(ticket, 3, ['maya', '/baton approve 0123456789ab'])).toContain('0123456789ab');

      await scene.stage.as('wilma').rest.repos.createOrUpdateFileContents({
        ...ticket.place,
        path: 'src/more.js',
        branch: (await ticket.branches())[0]?.name ?? '',
        message: 'More',
        content: Buffer.from('export const more = 1;\n').toString('base64'),
      });
      await ticket.comment('maya', `/baton approve ${first}`);
      await ticket.run({ state: 'held', step: 'security-gates', attempt: 2 });
      await scene.handled();
      expect((await ticket.said()).join('\n')).toContain('does not count: the branch moved');
      expect(await refusal(ticket, 4, ['maya', `/baton approve ${first}`])).toContain(first);
      const second = await digestOf(ticket);
      const approved = await headOf(ticket);
      await ticket.comment('maya', `/baton approve ${second}`);
      await ticket.run({ state: 'succeeded' });
      const [pull] = await ticket.pulls();
      const signed = await signedOf(ticket);
      expect(pull?.body).toContain(signed);
      expect(signed).toMatch(
        new RegExp(
          `^approved run=run-\\w+ step=security-gates attempt=2 commit=${approved} digest=${second} by=maya id=\\d+ at=\\S+ signature=[0-9a-f]{32}$`,
        ),
      );
    });
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
