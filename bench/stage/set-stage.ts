import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BatonProcess, type LogLine, startBatonProcess } from '../../src/demo/baton-process.ts';
import { toDemoSeed } from '../../src/demo/demo-seed.ts';
import { createDemoUser, type DemoUser } from '../../src/demo/demo-user.ts';
import { type Advanced, toAdvanced } from '../../src/demo/narrator.ts';
import { DEMO_TOOLS } from '../../src/demo/tools.ts';
import { type LedgerEntry, type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { copyRecording } from './recording.ts';

/** The embedded GitHub of the demo, and homes for Batons. */
export interface BenchPlace {
  readonly simulator: Simulator;
  readonly user: DemoUser;
  readonly directory: string;
  /** Called with each accepted write. */
  onWrite: (entry: LedgerEntry) => void;
  /** Starts Baton on the home of this name, with embedded PostgreSQL, and points the webhooks at it. */
  open(home: string, environment?: Readonly<Record<string, string>>): Promise<BenchStage>;
  remove(): Promise<void>;
}

/** A Baton in a process of its own. */
export interface BenchStage {
  readonly baton: BatonProcess;
  readonly webhookUrl: string;
  /** From the start of the process until it was ready, in milliseconds. */
  readonly readyMs: number;
  /** Called with each line of its log. */
  onLine: (line: LogLine) => void;
  /** Resolves at the next report of a run that matches. */
  advanced(matches: (run: Advanced) => boolean): Promise<void>;
  stop(): Promise<void>;
}

export async function setPlace(): Promise<BenchPlace> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  const recording = await copyRecording(join(directory, 'recording'));
  const place: Pick<BenchPlace, 'onWrite'> = { onWrite: () => undefined };
  const simulator = await startSimulator({
    seed: toDemoSeed(),
    directory: join(directory, 'github'),
    onWrite: (entry) => place.onWrite(entry),
  });
  return Object.assign(place, {
    simulator,
    user: createDemoUser(simulator),
    directory,
    async open(home: string, environment: Readonly<Record<string, string>> = {}) {
      const stage = await startStage({
        ...toEnvironment(simulator),
        BATON_HOME: join(directory, home),
        BATON_REPLAY_DIR: recording,
        ...environment,
      });
      simulator.setWebhookUrl(stage.webhookUrl);
      return stage;
    },
    async remove() {
      await simulator.stop();
      await rm(directory, { recursive: true, force: true });
    },
  });
}

async function startStage(environment: Readonly<Record<string, string>>): Promise<BenchStage> {
  const stage: Pick<BenchStage, 'onLine'> = { onLine: () => undefined };
  const waiting = new Map<(run: Advanced) => boolean, () => void>();
  const startedMs = performance.now();
  const baton = startBatonProcess(environment, (line) => {
    stage.onLine(line);
    const run = toAdvanced(line);
    for (const [matches, resolve] of waiting) {
      if (run !== null && matches(run)) {
        waiting.delete(matches);
        resolve();
      }
    }
  });
  const webhookUrl = await baton.ready;
  return Object.assign(stage, {
    baton,
    webhookUrl,
    readyMs: performance.now() - startedMs,
    advanced: (matches: (run: Advanced) => boolean) =>
      new Promise<void>((resolve) => void waiting.set(matches, resolve)),
    stop: () => baton.stop(),
  });
}

function toEnvironment(simulator: Simulator): Record<string, string> {
  return {
    APP_ID: String(simulator.app.id),
    PRIVATE_KEY: simulator.app.privateKey,
    WEBHOOK_SECRET: simulator.app.webhookSecret,
    GITHUB_API_URL: simulator.url,
    PORT: '0',
    BATON_RUNTIME: 'replay',
    BATON_TOOLS: DEMO_TOOLS,
  };
}
