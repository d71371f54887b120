import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type AcpAgent, acpAgentSchema } from '../../../src/domain/acp-agent.ts';
import type { Brief } from '../../../src/domain/brief.ts';
import { createAcp } from '../../../src/runtimes/acp.ts';
import { createOpenSandbox } from '../../../src/sandbox/create-open-sandbox.ts';
import { neverStarted } from '../../../src/sandbox/talk-to-process.ts';
import type { ModelScript } from '../../support/model-server.ts';
import { type ProgramStage, setProgramStage } from '../support/program-stage.ts';
import { REPORT_EXAMPLES } from '../support/report-examples.ts';

const PROGRAM = join(import.meta.dirname, '../support/acp-agent.mjs');
const WORK = { kind: 'work', summary: 'It is done.' };
const SAID = JSON.stringify({ report: WORK });

let stage: ProgramStage;

afterEach(async () => {
  expect(stage.leftovers()).toEqual([]);
  await stage.close();
});

/** An agent of the operator's own, which does what the plan says. */
function toAgent(plan: unknown): AcpAgent {
  return acpAgentSchema.parse({
    name: 'The script',
    command: [process.execPath, PROGRAM, JSON.stringify(plan)],
    files: [dirname(PROGRAM)],
    speaks: { openai: { LINE: '{line}', TOKEN: '{token}', MODEL: '{model}' } },
  });
}

async function setStage(plan: unknown, script: ModelScript = []): Promise<ProgramStage> {
  const runtime = createAcp({ agent: toAgent(plan), api: 'openai', tools: { readOnly: [], path: [] } });
  stage = await setProgramStage({ runtime, provider: 'openai', script });
  return stage;
}

const KINDS = ['think', 'read', 'search', 'edit', 'delete', 'execute', 'other', 'fetch', 'switch_mode'];
type Tools = Brief['role']['tools'];

describe('src/runtimes/acp with a scripted agent', () => {
  test.each<[Brief['access'], Tools, readonly string[]]>([
    [
      'write',
      ['read', 'search', 'edit', 'bash'],
      ['think', 'read', 'search', 'edit', 'delete', 'execute', 'other'],
    ],
    ['write', ['edit'], ['think', 'read', 'search', 'edit', 'delete']],
    ['read', ['read', 'edit', 'bash'], ['think', 'read', 'search', 'execute', 'other']],
    ['read', ['search'], ['think', 'search']],
    ['none', ['bash'], ['think']],
  ])('with the access %s and the tools %o it may %o, once', async (access, tools, allowed) => {
    const summary = 'ASKED';
    const { ask } = await setStage({
      asks: KINDS,
      turns: [JSON.stringify({ report: { ...WORK, summary } })],
    });
    const role = { name: 'any', description: 'Any.', model: 'inherit', brief: 'Do.', tools } as const;
    const answer = await ask({ brief: { access, role: { ...role, tools: [...tools] } } });
    const told = KINDS.map((kind) => `${kind} ${allowed.includes(kind) ? 'once' : 'no'}`).join(', ');
    expect(answer).toMatchObject({ kind: 'answered', report: { summary: told } });
  });

  test.each(['work', 'review', 'triage'] as const)('hands in a report of the kind %s', async (kind) => {
    const report = REPORT_EXAMPLES[kind];
    const { ask } = await setStage({
      turns: [`Done: {all}.\n\n\`\`\`json\n${JSON.stringify({ report })}\n\`\`\``],
    });
    expect(await ask({ brief: { report: kind } })).toMatchObject({ kind: 'answered', report });
  });

  test('is told what is wrong with its report, and mends it', async () => {
    const { ask, events } = await setStage({ turns: ['I am done.', SAID, SAID] });
    const faults = [['summary: say more'], null];
    const answer = await ask({ place: { check: () => faults.shift() ?? null } });
    expect(answer).toMatchObject({ kind: 'answered', report: WORK });
    expect(events.map((event) => ('text' in event ? event.text : event.kind))).toEqual([
      'I am done.',
      SAID,
      SAID,
    ]);
  });

  test.each([
    [{ turns: [] }, 'no-report', 'there was none'],
    [{ stopReason: 'refusal' }, 'no-report', 'refused to work'],
    [{ stopReason: 'max_turn_requests' }, 'turns', 'asked its model 60 times'],
    [{ version: 2 }, 'crash', 'speaks version 2 of the protocol, and Baton version 1'],
    [{ fails: { 'session/new': 'Log in first.' } }, 'crash', 'Log in first.'],
    [{ fails: { 'session/prompt': 'No.' } }, 'crash', 'The script could not go on: No.'],
  ])('that does %o has failed for %s', async (plan, reason, words) => {
    const { ask } = await setStage(plan);
    const answer = await ask();
    expect(answer).toMatchObject({ kind: 'failed', reason, message: expect.stringContaining(words) });
  });

  test('that asks its model too often has failed', async () => {
    const { ask, server } = await setStage({ calls: 5, sleeps: true }, () => ({ text: 'Go on.' }));
    expect(await ask({ brief: { turns: 3 } })).toMatchObject({ kind: 'failed', reason: 'turns' });
    expect(server.asked.length).toBeGreaterThan(3);
  });

  test('stops at a budget that is used up', async () => {
    const { ask, server } = await setStage({ calls: 5, sleeps: true }, () => ({ text: 'Go on.' }));
    const budgets = [{ scope: 'run', limit: { unit: 'tokens', value: 150 } }] as const;
    expect(await ask({ budgets })).toMatchObject({ kind: 'failed', reason: 'budget', retriable: false });
    expect(server.asked).toHaveLength(2);
  });

  test.each([
    ['says nothing more', { calls: 1, sleeps: true }],
    ['takes it for the end of its work', { calls: 1 }],
    ['gives up', { calls: 1, fails: { 'session/prompt': 'No.' } }],
  ])('says what the provider said when it %s itself', async (_, plan) => {
    const { ask } = await setStage(plan, () => ({ status: 404, message: 'no such model' }));
    expect(await ask()).toMatchObject({
      kind: 'failed',
      reason: 'provider',
      message: expect.stringMatching(/does not know.*no such model/),
    });
  });

  test('works without files where its role has none', async () => {
    const { ask } = await setStage({ turns: [SAID] });
    expect(await ask({ place: { tree: null } })).toMatchObject({ kind: 'answered' });
  });

  test('says why there is no sandbox', async () => {
    const { ask } = await setStage({});
    const unavailable = { kind: 'unavailable', reason: 'There is none.', remedy: 'Install it.' } as const;
    const sandbox = { ...createOpenSandbox(), start: () => Promise.resolve(neverStarted(unavailable)) };
    expect(await ask({ place: { sandbox } })).toMatchObject({
      kind: 'failed',
      reason: 'sandbox',
      message: 'There is none.',
      remedy: 'Install it.',
    });
  });
});
