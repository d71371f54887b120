import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatonProcess } from '../../src/demo/baton-process.ts';
import { toDemoSeed } from '../../src/demo/demo-seed.ts';
import type { Seed } from '../../src/simulator/simulator.ts';
import { type Calls, releaseRecording, writeRecording } from '../support/recordings.ts';
import { type Stage, setStage } from '../support/stage.ts';
import { type Proposal, type Proposing, propose } from './proposal.ts';
import { type Opening, openTicket, type Place, type Ticket } from './ticket.ts';

/** Who may do what in every repository. `boss` owns the organization; `rita` and `oscar` may read what is public. */
const ROLES = { tess: 'triage', will: 'write', wilma: 'write', maya: 'maintain' } as const;
const USERS = ['boss', 'rita', 'oscar', ...Object.keys(ROLES)];
const LABELS = ['baton', 'baton: waiting', 'baton:backend-feature', 'baton:nonsense', 'bug'];

/** A small repository without a manifest: its command gates are skipped, so that a run is quick. */
export const SMALL = { 'README.md': '# Sums\n', 'src/total.ts': 'export const total = 1;\n' };
/** A repository without a commit. */
export const EMPTY = {};
type Files = Readonly<Record<string, string>>;

/** JSON that is laid over other JSON, object by object. */
export type Overlay = { readonly [name: string]: Overlay | string | number | boolean | null };

/** One Baton and one GitHub, with a stock of untouched repositories. */
export interface Scene {
  readonly stage: Stage;
  /** The Baton that was started first. */
  readonly baton: BatonProcess;
  /** Its process id. */
  readonly pid: number;
  /** All issues that were opened. */
  readonly tickets: readonly Ticket[];
  /** What the agents answer from now on, instead of all they answered before. */
  play(calls: Calls): Promise<void>;
  /** Lets the agents go on that hold their answers back (`holding`). */
  release(): Promise<void>;
  /** Opens an issue, in an untouched repository unless one is named. */
  open(opening?: Opening & { readonly at?: Place }): Promise<Ticket>;
  /** Opens a pull request, in an untouched repository unless one is named. */
  propose(proposing: Proposing & { readonly at?: Place }): Promise<Proposal>;
  /** Resolves when Baton has dealt with all that it was told so far. */
  handled(): Promise<void>;
  /** Sends the newest delivery of an event again, changed, under another GUID and with a good signature. */
  deliver(event: string, changes: Overlay): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Sets up a Baton and one repository, in an account of its own, for each set of files. The App asks for the permission
 * for workflows, which the owners of the repositories at these places have granted.
 */
export async function setScene(
  repositories: readonly Files[],
  environment: Readonly<Record<string, string>> = {},
  mayChangeWorkflows: readonly number[] = [],
): Promise<Scene> {
  const recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  const stage = await setStage({
    seed: toSeed(repositories, mayChangeWorkflows),
    recording,
    environment: { LOG_LEVEL: 'debug', ...environment },
  });
  const baton = await stage.startBaton();
  const webhookUrl = await baton.ready;
  const tickets: Ticket[] = [];
  const places = repositories.map((_, index) => ({ owner: `org-${index + 1}`, repo: 'sums' }));

  function takePlace(): Place {
    const place = places.shift();
    if (place === undefined) {
      throw new Error('the scene has no untouched repository left');
    }
    return place;
  }

  async function handled(): Promise<void> {
    await stage.simulator.settle();
    const stored = stage.simulator.deliveries().filter(({ outcome }) => outcome?.statusCode === 202);
    for (const { guid } of stored) {
      await heardHandled(stage, guid);
    }
  }

  return {
    stage,
    baton,
    pid: baton.child.pid ?? 0,
    tickets,
    play: (calls) => writeRecording(recording, calls),
    release: () => releaseRecording(recording),
    async open({ at, ...opening } = {}) {
      const ticket = await openTicket(stage, at ?? takePlace(), opening);
      tickets.push(ticket);
      return ticket;
    },
    async propose({ at, ...proposing }) {
      const proposal = await propose(stage, at ?? takePlace(), proposing);
      tickets.push(proposal);
      return proposal;
    },
    handled,
    async deliver(event, changes) {
      const guid = randomUUID();
      await postSigned(stage, { webhookUrl, guid, event, changes });
      await heardHandled(stage, guid);
    },
    async stop() {
      await stage.stop();
      await rm(recording, { recursive: true, force: true });
    },
  };
}

async function heardHandled(stage: Stage, guid: string): Promise<void> {
  await stage.heard((line) => (line.msg === 'a delivery was handled' && line['guid'] === guid ? true : null));
}

interface Posting {
  readonly webhookUrl: string;
  readonly guid: string;
  readonly event: string;
  readonly changes: Overlay;
}

async function postSigned(
  { simulator }: Stage,
  { webhookUrl, guid, event, changes }: Posting,
): Promise<void> {
  const newest = simulator.deliveries().findLast((delivery) => delivery.event === event);
  if (newest === undefined) {
    throw new Error(`GitHub has sent no ${event} that could be changed`);
  }
  const body = JSON.stringify(overlay(JSON.parse(newest.body), changes));
  const signature = createHmac('sha256', simulator.app.webhookSecret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': guid,
    'x-hub-signature-256': `sha256=${signature}`,
  };
  const response = await fetch(webhookUrl, { method: 'POST', headers, body });
  if (response.status !== 202) {
    throw new Error(`Baton answered ${response.status}: ${await response.text()}`);
  }
}

function overlay(base: Overlay[string], changes: Overlay): Overlay {
  const result: Record<string, Overlay[string]> = isObject(base) ? { ...base } : {};
  for (const [name, value] of Object.entries(changes)) {
    result[name] = isObject(value) ? overlay(result[name] ?? {}, value) : value;
  }
  return result;
}

function isObject(value: Overlay[string]): value is Overlay {
  return typeof value === 'object' && value !== null;
}

function toSeed(repositories: readonly Files[], mayChangeWorkflows: readonly number[]): Seed {
  const numbers = repositories.map((_, index) => index + 1);
  const { app } = toDemoSeed();
  // As where teams may approve.
  const permissions = { ...app.permissions, members: 'read' } as const;
  const more = { ...permissions, workflows: 'write' } as const;
  return {
    users: USERS,
    organizations: numbers.map((number) => ({
      login: `org-${number}`,
      owners: ['boss'],
      teams: { security: ['maya'] },
    })),
    repositories: repositories.map((files, index) => ({
      owner: `org-${index + 1}`,
      name: 'sums',
      ...(files === EMPTY ? {} : { files }),
      roles: ROLES,
      labels: LABELS,
    })),
    app: { ...app, owner: 'org-1', permissions: more },
    installations: numbers.map((number) => ({
      id: 2000 + number,
      account: `org-${number}`,
      permissions: mayChangeWorkflows.includes(number - 1) ? more : permissions,
    })),
  };
}
