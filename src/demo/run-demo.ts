import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createBubblewrapSandbox } from '../sandbox/create-bubblewrap-sandbox.ts';
import { probeSandbox } from '../sandbox/probe-sandbox.ts';
import { type LedgerEntry, type Simulator, startSimulator } from '../simulator/simulator.ts';
import { createLog } from '../telemetry/create-log.ts';
import { type BatonProcess, type LogLine, startBatonProcess } from './baton-process.ts';
import { MAINTAINER, OWNER, REPOSITORY, toDemoSeed } from './demo-seed.ts';
import { createDemoUser, type SeenOnGithub } from './demo-user.ts';
import { type Advanced, type Narrator, toAdvanced } from './narrator.ts';
import type { Play } from './plays.ts';
import { DEMO_TOOLS } from './tools.ts';

/** What the demo comes to; printed by `--json`. */
export interface DemoResult extends SeenOnGithub {
  readonly run: { readonly id: string; readonly workflow: string | null; readonly state: string };
  readonly issue: { readonly number: number; readonly url: string };
  readonly durationMs: number;
}

/** A demo whose run has ended; everything still stands and can be looked at. */
export interface Demo {
  readonly result: DemoResult;
  readonly pages: string;
  readonly residentBytes: number;
  stop(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '../..');
const ENDED = new Set(['succeeded', 'merged', 'failed', 'cancelled', 'withdrawn', 'refused']);

/** Starts the embedded GitHub and Baton, and plays one issue from its label to its pull request. */
export async function runDemo(given: Play, narrator: Narrator): Promise<Demo> {
  const home = await mkdtemp(join(tmpdir(), 'baton-demo-'));
  const stage: Partial<{ simulator: Simulator; baton: BatonProcess }> = {};
  async function stop(): Promise<void> {
    await stage.baton?.stop();
    await stage.simulator?.stop();
    await rm(home, { recursive: true, force: true });
  }
  try {
    return { ...(await play({ home, narrator, given }, stage)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Setting {
  readonly home: string;
  readonly narrator: Narrator;
  readonly given: Play;
}

async function play(
  setting: Setting,
  stage: Partial<{ simulator: Simulator; baton: BatonProcess }>,
): Promise<Omit<Demo, 'stop'>> {
  const { home, narrator, given } = setting;
  const hearing: { wrote: (entry: LedgerEntry) => void; logged: (line: LogLine) => void } = {
    wrote: () => {},
    logged: () => {},
  };
  const simulator = await startSimulator({
    seed: toDemoSeed(),
    directory: join(home, 'github'),
    onWrite: (entry) => hearing.wrote(entry),
  });
  stage.simulator = simulator;
  narrator.say(`The embedded GitHub is at ${simulator.url}`);
  const baton = startBatonProcess(await toEnvironment(simulator, setting), (line) => hearing.logged(line));
  stage.baton = baton;
  simulator.setWebhookUrl(await baton.ready);
  narrator.say('Baton is ready: embedded PostgreSQL, replayed agents, real git, real gates');
  narrator.say(`Recorded is only what the agents answer: ${relative(ROOT, given.recording)}\n`);
  return await playIssue(given, { simulator, baton, narrator, hearing });
}

interface Scene {
  readonly simulator: Simulator;
  readonly baton: BatonProcess;
  readonly narrator: Narrator;
  readonly hearing: { wrote: (entry: LedgerEntry) => void; logged: (line: LogLine) => void };
}

async function playIssue(
  { issueFile, label }: Play,
  { simulator, baton, narrator, hearing }: Scene,
): Promise<Omit<Demo, 'stop'>> {
  const user = createDemoUser(simulator);
  const issue = await user.openIssue(issueFile);
  narrator.tell(MAINTAINER, `opens issue #${issue.number} "${issue.title}"`);
  const ended = Promise.withResolvers<Advanced>();
  baton.child.once('exit', (code) => ended.reject(new Error(`Baton ended with exit code ${code}.`)));
  hearing.wrote = (entry) => narrator.wrote(entry);
  hearing.logged = (line) => {
    const run = toAdvanced(line);
    if (run === null) {
      return;
    }
    narrator.advanced(run);
    if (run.decision === 'hold') {
      narrator.tell(MAINTAINER, 'comments /baton approve');
      user.comment(issue.number, '/baton approve').catch(ended.reject);
    }
    if (ENDED.has(run.state)) {
      ended.resolve(run);
    }
  };
  const startedMs = performance.now();
  await user.label(issue.number, label);
  narrator.tell(MAINTAINER, `puts the label ${label} on it`);
  const run = await ended.promise;
  await simulator.settle();
  const durationMs = Math.round(performance.now() - startedMs);
  const seen = await user.look();
  return {
    pages: `${simulator.url}/${OWNER}/${REPOSITORY}`,
    residentBytes: await baton.residentBytes(),
    result: {
      run: { id: run.runId, workflow: run.workflow, state: run.state },
      issue: { number: issue.number, url: issue.url },
      ...seen,
      durationMs,
    },
  };
}

/** The environment of a real start. Without a usable sandbox the demo alone may go on: it runs only its own example. */
async function toEnvironment(
  simulator: Simulator,
  { home, narrator, given }: Setting,
): Promise<Record<string, string>> {
  const log = createLog({ level: 'silent', format: 'json', secrets: [] });
  const probe = await probeSandbox(createBubblewrapSandbox({ log }));
  if (!probe.usable) {
    narrator.say(`No sandbox, so the demo runs its own example without one. ${probe.reason} ${probe.remedy}`);
  }
  return {
    APP_ID: String(simulator.app.id),
    PRIVATE_KEY: simulator.app.privateKey,
    WEBHOOK_SECRET: simulator.app.webhookSecret,
    GITHUB_API_URL: simulator.url,
    PORT: '0',
    BATON_HOME: join(home, 'baton'),
    BATON_RUNTIME: 'replay',
    BATON_REPLAY_DIR: given.recording,
    BATON_TOOLS: DEMO_TOOLS,
    ...(probe.usable ? {} : { SANDBOX: 'none', BATON_TRUST_EVERY_REPOSITORY: 'yes' }),
  };
}
