import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Call } from '../support/recordings.ts';
import { GOOD_PATCH, work } from './agents.ts';
import { announced, endlessAgents, MANY_AGENTS } from './announcement.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import { CLEAR, SILENT } from './stories/issues.ts';
import type { Place, Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

/** Everything in it is wrong: the settings in two places, a workflow and a role. */
const FAULTY = {
  ...SMALL,
  '.github/baton.yml': 'labels:\n  bug: eror-investigation\ntriage:\n  minConfidence: 2\n',
  '.github/baton/workflows/ship.yaml':
    'name: ship\ndescription: Ships.\nsteps:\n  - id: build\n    kind: agent\n    with: { role: nobody }\n',
  '.github/baton/roles/tester.md': '---\nname: tester\ndescription: Tests.\nmodel: gpt\n---\nTest.\n',
};

/** A repository that has an architect of its own, a tester, and a workflow that asks both; then it chooses another. */
const OWN = {
  ...SMALL,
  '.github/baton/roles/backend-architect.md':
    '---\nname: backend-architect\ndescription: Designs our way.\nmodel: haiku\n---\nDesign it as we do here.\n',
  '.github/baton/roles/tester.md': '---\nname: tester\ndescription: Tests.\nmodel: opus\n---\nTest it.\n',
  '.github/baton/workflows/ship.yaml': [
    'name: ship',
    'description: Tries it out, then does what it takes.',
    'steps:',
    '  - id: probe',
    '    kind: agent',
    '    title: Probe',
    '    with: { role: tester, access: write }',
    '  - id: choice-of-work',
    '    kind: choose-workflow',
    '    with: { role: backend-architect }',
    '',
  ].join('\n'),
};

const FAULTY_PLACE = { owner: 'org-1', repo: 'sums' };
const OWN_PLACE = { owner: 'org-2', repo: 'sums' };
const CHANGING_PLACE = { owner: 'org-3', repo: 'sums' };
const PROPOSED_PLACE = { owner: 'org-4', repo: 'sums' };

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([FAULTY, OWN, SMALL, SMALL], MANY_AGENTS);
});
afterAll(() => scene.stop());

/** Writes a file to a branch, as a maintainer does on the pages. */
async function put(place: Place, path: string, text: string, branch = 'main'): Promise<void> {
  const { rest } = scene.stage.as('boss');
  const { data } = await rest.repos
    .getContent({ ...place, path, ref: branch })
    .catch(() => ({ data: { sha: null } }));
  const sha = !Array.isArray(data) && data.sha !== null ? { sha: data.sha } : {};
  const content = Buffer.from(text).toString('base64');
  await rest.repos.createOrUpdateFileContents({ ...place, path, branch, message: path, content, ...sha });
}

/** The roles of the ticket's only run, as they were when it began. */
async function rolesOf(ticket: Ticket): Promise<Record<string, { model: string; brief: string }>> {
  const client = new Client({ connectionString: scene.stage.databaseUrl });
  await client.connect();
  try {
    const query = `select progress->'definition'->'roles' as roles from baton.runs where "order"->'subject'->'repository'->>'owner' = $1 order by created_at desc limit 1`;
    return (await client.query(query, [ticket.place.owner])).rows[0].roles;
  } finally {
    await client.end();
  }
}

/** The check run about the configuration at a commit, once it is there. */
async function configurationCheck(sha: string) {
  const { rest } = scene.stage.as('boss');
  return await vi.waitFor(
    async () => {
      const { data } = await rest.checks.listForRef({ ...PROPOSED_PLACE, ref: sha });
      const [check] = data.check_runs.filter(({ name }) => name === 'baton / configuration');
      expect(check).toBeDefined();
      return check;
    },
    { timeout: 60_000, interval: 50 },
  );
}

async function cancel(ticket: Ticket): Promise<void> {
  await ticket.comment('will', '/baton cancel');
  await ticket.run({ state: 'cancelled' });
}

function choosing(confidence: number): Call {
  const reasons = ['the probe says so'];
  return {
    report: { kind: 'triage', type: 'api', confidence, reasons, workflow: 'backend-feature', facts: {} },
  };
}

describe('scenarios/repository-configuration', () => {
  it('refuses a run with every fault of it, and starts once all are mended', async () => {
    const ticket = await scene.open({ ...CLEAR.security, at: FAULTY_PLACE });
    await ticket.label('will');
    await ticket.run({ state: 'refused' });
    const [text = ''] = await ticket.progress();
    for (const fault of [
      /^- \.github\/baton\.yml:2:8: there is no workflow 'eror-investigation'\. Write .+, or name .+\.$/m,
      /^- \.github\/baton\.yml:4:18: `triage\.minConfidence` is wrong: .+\. Correct the value\.$/m,
      /^- \.github\/baton\/roles\/tester\.md:4:8: `model` is wrong: .+\. Use one of: opus, sonnet, haiku, inherit\.$/m,
      /^- \.github\/baton\/workflows\/ship\.yaml:6:19: there is no role 'nobody'\. Write .+, or name .+\.$/m,
    ]) {
      expect(text).toMatch(fault);
    }
    expect(text).toContain('When that is mended, ask again');
    await put(FAULTY_PLACE, '.github/baton.yml', 'labels:\n  bug: ship\n');
    await put(
      FAULTY_PLACE,
      '.github/baton/workflows/ship.yaml',
      OWN['.github/baton/workflows/ship.yaml'].replace('backend-architect', 'tester'),
    );
    await put(FAULTY_PLACE, '.github/baton/roles/tester.md', OWN['.github/baton/roles/tester.md']);
    await scene.play(endlessAgents());
    await ticket.comment('will', '/baton run');
    await ticket.run({ state: 'running', workflow: 'security-fix' });
    await cancel(ticket);
  });

  it.each(['label', 'comment'])('starts a workflow of its own by a %s, with its own roles', async (how) => {
    await scene.play(endlessAgents({ 'probe.1': { ...work('Tried.'), delayMs: 600_000 } }));
    const ticket = await scene.open({ ...CLEAR.security, at: OWN_PLACE });
    await (how === 'label' ? ticket.label('will', 'baton:ship') : ticket.comment('will', '/baton run ship'));
    await ticket.run({ state: 'running', workflow: 'ship', step: 'probe' });
    expect(await announced(ticket)).toMatchObject({
      why: 'asked for by name',
      plan: ['Probe: tester', 'choice-of-work: backend-architect'],
    });
    expect((await ticket.labels()).filter((name) => name.startsWith('type:'))).toEqual([]);
    expect(await rolesOf(ticket)).toMatchObject({ tester: { model: 'opus', brief: 'Test it.' } });
    await cancel(ticket);
  });

  it("puts its own role in the place of the server's, also in the server's workflows", async () => {
    await scene.play(endlessAgents());
    const ticket = await scene.open({ ...CLEAR.api, at: OWN_PLACE });
    await ticket.label('will');
    await ticket.run({ state: 'running', workflow: 'backend-feature' });
    const roles = await rolesOf(ticket);
    expect(roles['backend-architect']).toMatchObject({ model: 'haiku', brief: 'Design it as we do here.' });
    expect(roles['implementer']).toMatchObject({ model: 'sonnet' });
    await cancel(ticket);
  });

  it('lets a choice after work that was done be answered by a button', async () => {
    await scene.play(
      endlessAgents({ 'probe.1': work('Tried.', GOOD_PATCH), 'choice-of-work.1': choosing(0.3) }),
    );
    const ticket = await scene.open({ ...SILENT, at: OWN_PLACE });
    await ticket.label('will', 'baton:ship');
    await ticket.run({ state: 'held', step: 'choice-of-work' });
    const [branch] = await ticket.branches();
    const checks = await ticket.checks(branch?.commit.sha ?? '');
    const check = checks.find(({ name }) => name.startsWith('baton / choice-of-work'));
    expect(check?.conclusion).toBe('action_required');
    const [text = ''] = await ticket.progress();
    expect(text).toContain(`with the buttons of the check \`${check?.name}\``);
    const stamp = scene.stage.simulator
      .ledger()
      .flatMap(({ body }) => /choose:1:[0-9a-z]+/.exec(JSON.stringify(body))?.[0] ?? [])
      .at(-1);
    await scene.stage.as('wilma').request('POST /repos/{owner}/{repo}/check-runs/{id}/requested_action', {
      ...ticket.place,
      id: check?.id ?? 0,
      identifier: stamp ?? '',
    });
    await ticket.run({ state: 'running', step: 'triage' });
    expect((await announced(ticket)).plan).toContain('Triage: principal-software-engineer');
    await cancel(ticket);
  });

  it('reads its configuration at the commit that a run builds on, and keeps to it', async () => {
    const { rest } = scene.stage.as('boss');
    const { data: main } = await rest.repos.getBranch({ ...CHANGING_PLACE, branch: 'main' });
    await rest.git.createRef({ ...CHANGING_PLACE, ref: 'refs/heads/other', sha: main.commit.sha });
    await put(CHANGING_PLACE, '.github/baton.yml', 'labels:\n  bug: research\n', 'other');
    await scene.play(endlessAgents({ 'choice.1': choosing(0.3) }));
    const ticket = await scene.open({ ...SILENT, labels: ['bug'], at: CHANGING_PLACE });
    await ticket.label('will');
    await ticket.run({ state: 'held', step: 'choice' });
    await put(CHANGING_PLACE, '.github/baton/workflows/research.yaml', 'name: research\nsteps: broken\n');
    await ticket.comment('wilma', '/baton run research');
    await ticket.run({ state: 'running', workflow: 'research' });
    await cancel(ticket);
    await ticket.comment('wilma', '/baton run research');
    await ticket.run({ state: 'refused' });
  });

  it('says on a pull request what it would make of the configuration', async () => {
    const { rest } = scene.stage.as('boss');
    const place = PROPOSED_PLACE;
    const { data: main } = await rest.repos.getBranch({ ...place, branch: 'main' });
    await rest.git.createRef({ ...place, ref: 'refs/heads/settings', sha: main.commit.sha });
    await put(place, '.github/baton.yml', 'triage:\n  minConfidence: 2\nreviews: { on: [] }\n', 'settings');
    const { data: pull } = await rest.pulls.create({ ...place, title: 'x', head: 'settings', base: 'main' });
    const faulty = await configurationCheck(pull.head.sha);
    expect(faulty?.conclusion).toBe('failure');
    const { data: annotations } = await rest.checks.listAnnotations({
      ...place,
      check_run_id: faulty?.id ?? 0,
    });
    expect(annotations).toMatchObject([
      { path: '.github/baton.yml', start_line: 2, message: expect.stringContaining('Correct the value.') },
    ]);
    await put(place, '.github/baton.yml', 'triage:\n  minConfidence: 0.9\nreviews: { on: [] }\n', 'settings');
    const { data: mended } = await rest.pulls.get({ ...place, pull_number: pull.number });
    const right = await configurationCheck(mended.head.sha);
    expect(right?.conclusion).toBe('success');
    expect(right?.output.summary).toContain('`triage.minConfidence`: `0.7` becomes `0.9`');
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
