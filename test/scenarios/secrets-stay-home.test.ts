import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDescendants } from '../../src/sandbox/list-descendants.ts';
import { GOOD_PATCH, goodAgents, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';

/** A test script that looks around for whatever an agent could find, says it, and fails so that it is shown. */
const CURIOUS = {
  ...SMALL,
  'package.json': JSON.stringify({
    scripts: {
      test: 'test -e src/sum.ts || exit 0; env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr "\\0" "\\n"; sleep 1; exit 1',
    },
  }),
};

/** A secret, and the forms in which it could get out. */
interface Canary {
  readonly name: string;
  readonly pattern: RegExp;
}

/** Much more often than git needs to be looked at. */
const LOOK_EVERY_MS = 10;

let scene: Scene;
let ticket: Ticket;
let canaries: readonly Canary[];
const processes: { readonly argv: string; readonly environment: string }[] = [];

beforeAll(async () => {
  scene = await setScene([CURIOUS, SMALL]);
  canaries = toCanaries(scene);
  await scene.play(goodAgents());
  ticket = await scene.open();
  await ticket.label('will');
  await ticket.run({ state: 'held' });
  await ticket.comment('will', '/baton approve');
  // Git lives long enough to be looked at while it waits for GitHub: once to read, once to push.
  scene.stage.simulator.inject({ method: 'GET', path: /\/info\/refs$/, delayMs: 3000, times: 2 });
  await watch(ticket.run({ decision: 'return', step: 'implementation' }));
  await ticket.run({ state: 'held', step: 'implementation' });
  await scene.play(goodAgents({ 'implementation.2': work('x', GOOD_PATCH) }));
  const other = await scene.open();
  await other.comment('will', '/baton run');
  await other.run({ state: 'held' });
  await other.comment('will', '/baton approve');
  await watch(other.run({ state: 'succeeded' }));
  await scene.handled();
});
afterAll(() => scene.stop());

function toCanaries({ stage }: Scene): readonly Canary[] {
  const { privateKey, webhookSecret } = stage.simulator.app;
  const keyLines = privateKey.split('\n').filter((line) => /^[A-Za-z0-9+/=]{60,}$/.test(line));
  return [
    {
      name: 'private key',
      pattern: new RegExp(keyLines.map((line) => line.replaceAll('+', String.raw`\+`)).join('|')),
    },
    {
      name: 'private key in base64',
      pattern: new RegExp(Buffer.from(privateKey).toString('base64').slice(40, 100)),
    },
    { name: 'webhook secret', pattern: new RegExp(webhookSecret) },
    // The random part: a mask may leave the first letters, which tell the kind.
    { name: 'installation token', pattern: /ghs_\w*\.[\w-]{20}/ },
    { name: 'token in the form of git', pattern: /eC1hY2Nlc3MtdG9rZW46[A-Za-z0-9+/]{10}/ },
    { name: 'JSON web token of the App', pattern: /eyJhbGciOiJSUzI1NiI[\w-]*\.[\w-]{20}/ },
  ];
}

function findIn(text: string): string[] {
  return canaries.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);
}

/** Looks at the children of Baton again and again until something has happened. */
async function watch(until: Promise<unknown>): Promise<void> {
  const watching = new AbortController();
  const over = until.finally(() => watching.abort());
  while (!watching.signal.aborted) {
    lookAtChildren();
    await delay(LOOK_EVERY_MS);
  }
  await over;
}

function lookAtChildren(): void {
  const own = read(`/proc/${scene.pid}/cmdline`);
  for (const id of listDescendants(scene.pid)) {
    const argv = read(`/proc/${id}/cmdline`);
    const environment = read(`/proc/${id}/environ`);
    // A child that is not yet the program it is going to be still has the command line of Baton, and one that is just
    // becoming it has none: only what is the same after the look is told together.
    if (argv !== own && argv !== '' && argv === read(`/proc/${id}/cmdline`)) {
      processes.push({ argv: argv.replaceAll('\0', ' '), environment });
    }
  }
}

/** Empty when the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Every row of every table, as text; bytes as hexadecimal digits. */
async function readDatabase(): Promise<readonly { readonly table: string; readonly text: string }[]> {
  const client = new Client({ connectionString: scene.stage.databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
    );
    const contents = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`select t::text as text from ${name} t`);
      contents.push({ table: name, text: rows.map(({ text }) => text).join('\n') });
    }
    return contents;
  } finally {
    await client.end();
  }
}

describe('scenarios/secrets-stay-home', () => {
  it('the canaries would be found', () => {
    const { privateKey, webhookSecret } = scene.stage.simulator.app;
    expect(findIn(privateKey)).toEqual(['private key']);
    expect(findIn(webhookSecret)).toEqual(['webhook secret']);
    expect(findIn(Buffer.from(privateKey).toString('base64'))).toContain('private key in base64');
  });

  it('the logs have none of them', () => {
    expect(scene.stage.lines.length).toBeGreaterThan(50);
    expect(findIn(JSON.stringify(scene.stage.lines))).toEqual([]);
  });

  it('nothing on GitHub has any of them', () => {
    const written = scene.stage.simulator.ledger().filter(({ actor }) => actor === 'baton[bot]');
    expect(findIn(JSON.stringify(written))).toEqual([]);
  });

  it('a gate command that looks around finds none of them, and no variable of the server', async () => {
    const [branch] = await ticket.branches();
    const check = (await ticket.checks(branch?.commit.sha ?? '')).find(
      ({ name }) => name === 'baton / tests',
    );
    const shown = check?.output.summary ?? '';
    expect(shown).toContain('CI=true');
    expect(findIn(shown)).toEqual([]);
    expect(shown).not.toMatch(/WEBHOOK_SECRET|PRIVATE_KEY|DATABASE_URL|GIT_CONFIG_VALUE/);
  });

  it('no command line has any of them', () => {
    expect(processes.length).toBeGreaterThan(0);
    expect(processes.some(({ argv }) => argv.includes('git'))).toBe(true);
    expect(processes.flatMap(({ argv }) => findIn(argv))).toEqual([]);
  });

  it('of the children only git, when it talks to GitHub, is given a token', () => {
    const holders = processes.filter(({ environment }) => findIn(environment).length > 0);
    expect(holders.filter(({ argv }) => !/^\S*git\S* /.test(argv)).map(({ argv }) => argv)).toEqual([]);
    expect(new Set(holders.flatMap(({ environment }) => findIn(environment)))).toEqual(
      new Set(['token in the form of git']),
    );
  });

  it('no table has any of them', async () => {
    const tables = await readDatabase();
    expect(tables.some(({ table, text }) => /\bruns$/.test(table) && text.includes(ticket.place.owner))).toBe(
      true,
    );
    const secrets = [scene.stage.simulator.app.webhookSecret, 'ghs_'].map((text) =>
      Buffer.from(text).toString('hex'),
    );
    for (const { table, text } of tables) {
      expect(findIn(text), table).toEqual([]);
      expect(
        secrets.filter((hex) => text.includes(hex)),
        table,
      ).toEqual([]);
    }
  });
});
