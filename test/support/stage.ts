import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { inject } from 'vitest';
import { type BatonProcess, type LogLine, startBatonProcess } from '../../src/demo/baton-process.ts';
import { OWNER, REPOSITORY, toDemoSeed } from '../../src/demo/demo-seed.ts';
import { type Advanced, toAdvanced } from '../../src/demo/narrator.ts';
import { DEMO_TOOLS } from '../../src/demo/tools.ts';
import {
  type LedgerEntry,
  type Seed,
  type Simulator,
  startSimulator,
} from '../../src/simulator/simulator.ts';
import { RECORDING } from './examples.ts';
import { createTestDatabase } from './postgres.ts';
import { toStory } from './to-story.ts';
import { callWitness } from './witnesses.ts';

export const REPO = { owner: OWNER, repo: REPOSITORY };

export interface StageOptions {
  readonly seed?: Seed;
  /** Recorded answers of the agents; the demo's when absent. */
  readonly recording?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called for each accepted write, before it is answered. */
  readonly onWrite?: (entry: LedgerEntry) => void;
}

/** The embedded GitHub, a database and any number of Baton processes. */
export interface Stage {
  readonly simulator: Simulator;
  readonly databaseUrl: string;
  /** What every Baton here is told. */
  readonly environment: Readonly<Record<string, string>>;
  /** Directory for homes; removed at the end. */
  readonly directory: string;
  /** Takes note of a log line. */
  hear(line: LogLine): void;
  /** All log lines of all processes so far. */
  readonly lines: readonly LogLine[];
  /** Starts a Baton and points the webhooks at it. Each has a home of its own, like a machine of its own. */
  startBaton(environment?: Readonly<Record<string, string>>): Promise<BatonProcess>;
  /** The same without waiting until it is ready. */
  launchBaton(environment?: Readonly<Record<string, string>>): BatonProcess;
  /** A client that acts as a user of the seed. */
  as(login: string): Octokit;
  /** Resolves with the first log line, past or coming, that `select` turns into something. */
  heard<Found>(select: (line: LogLine) => Found | null | undefined): Promise<Found>;
  /** Resolves when a run, past or coming, is reported like this. */
  advanced(matches: (run: Advanced) => boolean): Promise<Advanced>;
  stop(): Promise<void>;
}

/** Sets up everything but a Baton. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-stage-'));
  const [database, simulator] = await Promise.all([
    createTestDatabase(),
    startSimulator({
      seed: options.seed ?? toDemoSeed(),
      directory: join(directory, 'github'),
      ...(options.onWrite === undefined ? {} : { onWrite: options.onWrite }),
    }),
  ]);
  const lines: LogLine[] = [];
  callWitness(() => toStory(lines));
  const listeners = new Set<(line: LogLine) => void>();
  const batons: BatonProcess[] = [];
  function hear(line: LogLine): void {
    lines.push(line);
    for (const listener of listeners) {
      listener(line);
    }
  }
  function heard<Found>(select: (line: LogLine) => Found | null | undefined): Promise<Found> {
    return new Promise((resolve) => {
      function listener(line: LogLine): void {
        const found = select(line);
        if (found !== null && found !== undefined) {
          listeners.delete(listener);
          resolve(found);
        }
      }
      listeners.add(listener);
      lines.forEach(listener);
    });
  }
  function launchBaton(environment: Readonly<Record<string, string>> = {}): BatonProcess {
    const home = join(directory, `home-${batons.length}`);
    const baton = startBatonProcess(
      {
        ...toEnvironment(simulator, options),
        DATABASE_URL: database.url,
        BATON_HOME: home,
        ...environment,
      },
      hear,
    );
    batons.push(baton);
    return baton;
  }
  return {
    simulator,
    databaseUrl: database.url,
    environment: { ...toEnvironment(simulator, options), DATABASE_URL: database.url },
    hear,
    directory,
    lines,
    heard,
    launchBaton,
    async startBaton(environment) {
      const baton = launchBaton(environment);
      simulator.setWebhookUrl(await baton.ready);
      return baton;
    },
    as: (login) => new Octokit({ auth: simulator.tokenOf(login), baseUrl: simulator.url }),
    advanced: (matches) =>
      heard((line) => {
        const run = toAdvanced(line);
        return run !== null && matches(run) ? run : null;
      }),
    async stop() {
      // A killed process has nothing left to stop; stop() knows.
      await Promise.all(batons.map((baton) => baton.stop()));
      await simulator.stop();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function toEnvironment(
  simulator: Simulator,
  { recording, environment }: StageOptions,
): Record<string, string> {
  return {
    APP_ID: String(simulator.app.id),
    PRIVATE_KEY: simulator.app.privateKey,
    WEBHOOK_SECRET: simulator.app.webhookSecret,
    GITHUB_API_URL: simulator.url,
    PORT: '0',
    BATON_RUNTIME: 'replay',
    BATON_REPLAY_DIR: recording ?? RECORDING,
    BATON_TOOLS: DEMO_TOOLS,
    // What GitHub is told does not depend on how fast this machine is.
    BATON_BEGIN_SECONDS: '3600',
    // Filled by every Baton that ends in order; it halves the time to start.
    NODE_COMPILE_CACHE: join(dirname(inject('postgresDirectory')), 'compile-cache'),
    ...environment,
  };
}
