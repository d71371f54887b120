import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ISSUE_TYPES } from '../../src/domain/issue-type.ts';
import type { Call } from '../support/recordings.ts';
import { holding } from '../support/recordings.ts';
import { announced, endlessAgents, MANY_AGENTS, planOf } from './announcement.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import { CLEAR, SILENT } from './stories/issues.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

/** A repository that maps labels of its own. */
const MAPPED = {
  ...SMALL,
  '.github/baton.yml': 'labels:\n  Kind/Bug: error-investigation\n  area/db: database-change\n',
};
/** A repository that wants its lead to be nearly certain. */
const STRICT = { ...SMALL, '.github/baton.yml': 'triage:\n  minConfidence: 0.95\n' };

const UNTOUCHED = 24;
const MAPPED_PLACE = { owner: `org-${UNTOUCHED + 1}`, repo: 'sums' };
const STRICT_PLACE = { owner: `org-${UNTOUCHED + 2}`, repo: 'sums' };

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([...Array.from({ length: UNTOUCHED }, () => SMALL), MAPPED, STRICT], MANY_AGENTS);
});
afterAll(() => scene.stop());

/** The lead's answer. */
function lead(confidence: number, workflow = 'backend-feature'): Call {
  const reasons = ['it asks for something new'];
  return { report: { kind: 'triage', type: 'api', confidence, reasons, workflow, facts: {} } };
}

async function cancel(ticket: Ticket): Promise<void> {
  await ticket.comment('will', '/baton cancel');
  await ticket.run({ state: 'cancelled' });
}

/** An issue about which nothing is clear, also not to the lead. */
async function openAsked(): Promise<Ticket> {
  await scene.play(endlessAgents({ 'choice.1': lead(0.4) }));
  const ticket = await scene.open(SILENT);
  await ticket.label('will');
  await ticket.run({ state: 'held', step: 'choice' });
  return ticket;
}

describe('scenarios/triage', () => {
  describe('a plain label', () => {
    it.each(Object.entries(ISSUE_TYPES))(
      'on an issue about %s starts its workflow',
      async (type, handling) => {
        await scene.play(endlessAgents());
        const ticket = await scene.open(Object.entries(CLEAR).find(([name]) => name === type)?.[1]);
        await ticket.label('will');
        await ticket.run({ state: 'running' });
        const { workflow, why, plan } = await announced(ticket);
        expect(workflow).toBe(handling.workflow);
        expect(why).toMatch(
          new RegExp(`^chosen by the words of the issue, as ${handling.title} \\(\\d\\d % sure\\): the `),
        );
        expect(plan).toEqual(planOf(handling.workflow));
        expect(plan.join()).toContain(handling.startsWith);
        expect(handling.reviewers.filter((role) => !plan.join().includes(role))).toEqual([]);
        expect(await ticket.labels()).toEqual(['baton', `type:${type}`]);
        await cancel(ticket);
      },
    );

    it('shows the conditions of steps in the plan', async () => {
      expect(planOf('backend-feature')).toEqual([
        'Triage: principal-software-engineer',
        'Architecture: backend-architect',
        'Database design: database-architect: only if dataModelChanges',
        'Approval of the design',
        'Implementation: implementer',
        'Context document: context-manager: only if complexFeature',
        'Gates',
        'Review: code-reviewer',
        'Pull request',
      ]);
    });

    it('goes by the labels that the repository has mapped, whatever the words say', async () => {
      await scene.play(endlessAgents());
      const ticket = await scene.open({ ...CLEAR.api, labels: ['kind/bug'], at: MAPPED_PLACE });
      await ticket.label('will');
      await ticket.run({ state: 'running' });
      expect(await announced(ticket)).toMatchObject({
        workflow: 'error-investigation',
        why: "chosen by a label, as Errors and bugs: the label 'Kind/Bug' stands for error-investigation",
      });
      expect(await ticket.labels()).toContain('type:error');
      await cancel(ticket);
    });

    it('goes by the words when labels contradict each other, and says so', async () => {
      await scene.play(endlessAgents());
      const labels = ['kind/bug', 'area/db'];
      const ticket = await scene.open({ ...CLEAR.performance, labels, at: MAPPED_PLACE });
      await ticket.label('will');
      await ticket.run({ state: 'running' });
      const { workflow, why } = await announced(ticket);
      expect(workflow).toBe('database-performance');
      expect(why).toMatch(/^chosen by the words of the issue.*the labels name different workflows/);
      await cancel(ticket);
    });

    it('leaves it to the lead when the words are silent as well, and says why', async () => {
      await scene.play(endlessAgents({ 'choice.1': holding(lead(0.9)) }));
      const labels = ['kind/bug', 'area/db'];
      const ticket = await scene.open({ ...SILENT, labels, at: MAPPED_PLACE });
      await ticket.label('will');
      await ticket.run({ state: 'running', step: 'choice' });
      const because = [
        "the label 'Kind/Bug' stands for error-investigation",
        "the label 'area/db' stands for database-change",
        'the labels name different workflows, so they decide nothing',
        'the words of the issue do not say clearly what kind it is',
      ].join('; ');
      expect(await announced(ticket)).toMatchObject({
        workflow: 'triage',
        why: `which finds out what this issue needs: ${because}`,
        plan: ['Choice of the workflow: principal-software-engineer'],
      });
      await scene.release();
      await ticket.run({ state: 'running', step: 'triage' });
      expect((await announced(ticket)).why).toBe(
        `chosen by the lead, as API and backend (90 % sure): it asks for something new; ${because}`,
      );
      await cancel(ticket);
    });
  });

  it('`/baton run` alone leaves the choice open in the same way', async () => {
    await scene.play(endlessAgents());
    const ticket = await scene.open(CLEAR.security);
    await ticket.comment('will', '/baton run');
    await ticket.run({ state: 'running' });
    expect(await announced(ticket)).toMatchObject({ workflow: 'security-fix', plan: planOf('security-fix') });
    await cancel(ticket);
  });

  it.each(['label', 'comment'] as const)(
    'a workflow named by a %s is taken, whatever the words say',
    async (how) => {
      await scene.play(endlessAgents());
      const ticket = await scene.open(CLEAR.security);
      await (how === 'label'
        ? ticket.label('will', 'baton:research')
        : ticket.comment('will', '/baton run research'));
      await ticket.run({ state: 'running' });
      expect(await announced(ticket)).toMatchObject({
        workflow: 'research',
        why: 'asked for by name, as Research',
      });
      expect(await ticket.labels()).toContain('type:research');
      await cancel(ticket);
    },
  );

  it.each(['label', 'comment'] as const)(
    'a workflow that does not exist is refused when a %s names it',
    async (how) => {
      const ticket = await scene.open(CLEAR.security);
      await (how === 'label'
        ? ticket.label('will', 'baton:nonsense')
        : ticket.comment('will', '/baton run nonsense'));
      await ticket.run({ state: 'refused' });
      const [text = ''] = await ticket.progress();
      expect(text).toContain('### ❌ Baton could not start\n\nWorkflow `nonsense`. Requested by `will`');
      expect(text).toMatch(/\*\*Why:\*\* There is no workflow nonsense here\. .*backend-feature.*triage/);
      expect(text).toContain('ask again: comment `/baton run`');
      expect((await ticket.labels()).filter((name) => name.startsWith('type:'))).toEqual([]);
    },
  );

  describe('the lead', () => {
    it('that is sure goes on with the workflow in the same run and comment', async () => {
      await scene.play(endlessAgents({ 'choice.1': lead(0.9) }));
      const ticket = await scene.open(SILENT);
      await ticket.label('will');
      const asked = await ticket.run({ state: 'running', step: 'choice' });
      const run = await ticket.run({ state: 'running', step: 'triage' });
      expect(run.runId).toBe(asked.runId);
      const { runs, workflow, plan } = await announced(ticket);
      expect([runs, workflow]).toEqual([1, 'backend-feature']);
      expect(plan).toEqual([
        'Choice of the workflow: principal-software-engineer: API and backend: backend-feature',
        ...planOf('backend-feature'),
      ]);
      expect(await ticket.labels()).toEqual(['baton', 'type:api']);
      await cancel(ticket);
    });

    it('must be as sure as the repository wants', async () => {
      await scene.play(endlessAgents({ 'choice.1': lead(0.9) }));
      const ticket = await scene.open({ ...SILENT, at: STRICT_PLACE });
      await ticket.label('will');
      await ticket.run({ state: 'held', step: 'choice' });
      await cancel(ticket);
    });

    it('that names a workflow which does not exist is asked again', async () => {
      await scene.play(
        endlessAgents({ 'choice.1': lead(0.9, 'nonsense'), 'choice.2': lead(0.9, 'research') }),
      );
      const ticket = await scene.open(SILENT);
      await ticket.label('will');
      const again = await ticket.run({ state: 'running', step: 'choice', attempt: 2 });
      expect(again.last?.summary).toMatch(/named the workflow nonsense, which is none of backend-feature, /);
      await ticket.run({ state: 'running', workflow: 'research' });
      await cancel(ticket);
    });

    it('that goes on doing so is no reason to start anything: a person is asked', async () => {
      const nonsense = lead(0.9, 'nonsense');
      await scene.play({ 'choice.1': nonsense, 'choice.2': nonsense, 'choice.3': nonsense });
      const ticket = await scene.open(SILENT);
      await ticket.label('will');
      await ticket.run({ state: 'held', step: 'choice' });
      const [text = ''] = await ticket.progress();
      expect(text).toMatch(/a tool or an agent does not work/);
      expect(text).toContain('comment `/baton run` with its name');
      await cancel(ticket);
    });
  });

  describe('a lead that is not sure', () => {
    it('asks with options, the one that it leans to first, and says how to answer', async () => {
      const ticket = await openAsked();
      const [text = ''] = await ticket.progress();
      expect(text).toContain('### ✋ Baton needs a decision: Choice of the workflow');
      expect(text).toContain('> - it asks for something new');
      expect(text).toContain(
        '| 1. backend-feature | `/baton choose 1` | Designs and builds a backend feature',
      );
      expect(text).toMatch(/\| \d+\. End the run \|/);
      expect(text).not.toMatch(/\| \d+\. (?:triage|review) \|/);
      expect(text).toContain('option 1. The lead is 40 % sure of backend-feature.');
      expect(text).toContain('`/baton approve` takes the recommended option.');
      expect(text).not.toMatch(/< [a-z]/);
      expect(await ticket.labels()).toContain('baton: waiting');
    });

    it.each([
      ['/baton run research', 'research', 'type:research'],
      ['/baton choose 3', 'database-change', 'type:database'],
      ['/baton approve', 'backend-feature', 'type:api'],
    ])('is answered by %s', async (words, workflow, type) => {
      const ticket = await openAsked();
      const id = await ticket.comment('wilma', words);
      await ticket.run({ state: 'running', workflow });
      await scene.handled();
      const { runs, why, plan } = await announced(ticket);
      expect(runs).toBe(1);
      expect(why).toMatch(
        new RegExp(`^chosen by a person, as .*: wilma chose ${workflow}; the words of the issue`),
      );
      expect(plan.slice(1)).toEqual(planOf(workflow));
      expect((await ticket.progress())[0]).toMatch(
        /\| Choice of the workflow \|.*\| ✅ done \| Chosen by `wilma`/,
      );
      expect((await ticket.reactions(id)).at(-1)).toBe('rocket');
      expect(await ticket.labels()).toEqual(expect.arrayContaining(['baton', type]));
      expect(await ticket.labels()).toHaveLength(2);
      await cancel(ticket);
    });

    it('is answered by the label of a workflow', async () => {
      const ticket = await openAsked();
      await ticket.label('wilma', 'baton:research');
      await ticket.run({ state: 'running', workflow: 'research' });
      expect((await announced(ticket)).runs).toBe(1);
      await cancel(ticket);
    });

    it.each(['/baton run research', '/baton choose 1', '/baton approve'])(
      'is not answered by %s of somebody below write',
      async (words) => {
        const ticket = await openAsked();
        const id = await ticket.comment('tess', words);
        await scene.handled();
        expect(await ticket.reactions(id)).toEqual(['confused']);
        expect(await ticket.said()).toContainEqual(
          expect.stringMatching(/Nothing was done[\s\S]*\*\*write\*\* access/),
        );
        expect((await announced(ticket)).workflow).toBe('triage');
      },
    );
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
