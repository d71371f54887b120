import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../store/query.ts';
import { goodAgents, work } from './agents.ts';
import { MINUTE_MS, PLACE, setTeamScene, type TeamScene } from './team-scene.ts';
import type { Ticket } from './ticket.ts';

const HOUR_MS = 60 * MINUTE_MS;

const SETTINGS = `
team:
  enabled: true
  specs: pull-request
  members:
    code_developer: { workflow: backend-feature }
    code_searcher: { enabled: false }
    ux_design_expert: { enabled: false }
`;

let scene: TeamScene;
beforeAll(async () => {
  scene = await setTeamScene(
    SETTINGS,
    goodAgents({
      'spec.1': work('The sum is specified.', undefined, '## Where\n\nIn `src/sum.ts`.'),
      'spec.2': work('Its unit, too.', undefined, '## Where\n\nIn `src/sum.ts`, in cents.'),
    }),
  );
});
afterAll(() => scene.stop());

async function told(): Promise<readonly string[]> {
  return (await scene.sent()).map(({ recipient, type }) => `${String(recipient)}: ${String(type)}`);
}

/** The one pull request of an issue. */
async function pullOf(ticket: Ticket) {
  const [pull, ...others] = await ticket.pulls();
  expect(others).toEqual([]);
  return {
    at: { ...PLACE, pull_number: pull?.number ?? 0 },
    branch: pull?.head.ref ?? '',
    words: `${pull?.title}\n${pull?.body}`,
  };
}

/** What the developer's runs were asked. */
async function askedOfDeveloper(): Promise<readonly unknown[]> {
  return await query(
    scene.stage.databaseUrl,
    `select "order" -> 'ticket' ->> 'body' as body from baton.runs where "order" ->> 'member' = 'code-developer'`,
  );
}

describe('scenarios/team-specs', () => {
  it('proposes a specification as a file, brings it up to date, and builds it once people have agreed', async () => {
    const { pass, open, stage, baton } = scene;
    const { rest } = stage.as('boss');
    await baton.team.find();
    const feature = await open('Add up');
    await feature.label('maya', 'needs-spec');
    await feature.label('maya', 'ready');
    // The first to be launched; the others are not awake yet.
    expect(await pass(0)).toEqual(['architect']);
    await feature.run({ state: 'held', step: 'agreement' });
    const { at, branch, words } = await pullOf(feature);
    const path = `docs/specs/${feature.number}-add-up.md`;
    expect(words).toMatch(/^Specification: Add up\n/);
    expect(words).toContain(`For #${feature.number}`);
    expect(words).not.toContain('Closes');
    const { data: files } = await rest.pulls.listFiles(at);
    expect(files.map(({ filename, status }) => [filename, status])).toEqual([[path, 'added']]);
    expect(await feature.fileAt(branch, path)).toMatch(/^# Add up\n[\s\S]*## Where\n\nIn `src\/sum.ts`\.\n$/);

    // What people think of it goes into the same pull request.
    await feature.comment('maya', '/baton reject Name the unit.');
    await feature.run({ state: 'held', step: 'agreement', attempt: 2 });
    expect((await pullOf(feature)).at).toEqual(at);
    expect(await feature.fileAt(branch, path)).toContain('in cents');

    // It waits for people, so another one is written meanwhile. What they close is not written again.
    const refused = await open('Take away');
    await refused.label('maya', 'needs-spec');
    await pass(HOUR_MS);
    await refused.run({ state: 'held', step: 'agreement' });
    await rest.pulls.update({ ...(await pullOf(refused)).at, state: 'closed' });
    await refused.run({ state: 'cancelled' });
    expect(await told()).toEqual([]);

    await rest.pulls.merge(at);
    await feature.run({ state: 'merged' });
    await pass(HOUR_MS);
    await pass(0);
    await feature.run({ state: 'held', step: 'design-approval' });
    expect(await told()).toContain('code-developer: spec_created');
    expect(await told()).toContain('assistant: pull_request_merged');
    expect(await askedOfDeveloper()).toEqual([{ body: expect.stringContaining(`It stands in \`${path}\``) }]);
    // It is no finished work: nobody demonstrates it, and its issue is still to be done.
    expect(await feature.said(at.pull_number)).toEqual([]);
    expect((await rest.issues.get({ ...PLACE, issue_number: feature.number })).data.state).toBe('open');
    expect((await pullOf(refused)).at.pull_number).toBeGreaterThan(0);
  });

  it('writes to no branch that the repository does not allow, and says which ones it does', async () => {
    const { pass, open, stage, baton } = scene;
    const { rest } = stage.as('boss');
    const { data: old } = await rest.repos.getContent({ ...PLACE, path: '.github/baton.yml' });
    await rest.repos.createOrUpdateFileContents({
      ...PLACE,
      path: '.github/baton.yml',
      message: 'Narrow the branches',
      content: Buffer.from(SETTINGS.replace('specs:', 'branches: ["baton/roadmap-*"]\n  specs:')).toString(
        'base64',
      ),
      ...('sha' in old ? { sha: old.sha } : {}),
    });
    await baton.team.find();
    const strayed = await open('Multiply');
    await strayed.label('maya', 'needs-spec');
    await pass(HOUR_MS);
    await strayed.run({ state: 'held', step: 'document' });
    expect((await strayed.progress())[0]).toMatch(
      /architect may not write to the branch baton\/\d+-multiply-\w+: team\.branches in \.github\/baton\.yml allows baton\/roadmap-\*/,
    );
    expect(await strayed.branches()).toEqual([]);
  });
});
