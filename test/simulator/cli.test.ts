import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

describe('src/simulator/cli.ts', () => {
  function run(args: string[]) {
    const child = spawn(process.execPath, [join(ROOT, 'src/simulator/cli.ts'), ...args], { cwd: ROOT });
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    return { child, text: () => output.join(''), ended: once(child, 'close') };
  }

  test('prints where it is, the tokens and the App, and stops when told', async () => {
    const { child, text, ended } = run([
      '--seed',
      'examples/simulator-seed.yaml',
      '--webhook-url',
      'http://127.0.0.1:9/',
    ]);
    while (!text().includes('Ctrl+C')) {
      await once(child.stdout, 'data');
    }
    const url = /Simulated GitHub: (\S+)/.exec(text())?.[1] ?? '';
    expect(text()).toMatch(/alice +alice-token\n/);
    expect(text()).toMatch(/bob +ghp_\w{36}\n/);
    expect(text()).toMatch(/APP_ID=1\n/);
    const answer = await fetch(`${url}/user`, { headers: { authorization: 'token alice-token' } });
    expect(await answer.json()).toMatchObject({ login: 'alice' });
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  test.each([
    [[], /--seed is missing/],
    [['--seed', 'none.yaml'], /none.yaml cannot be read/],
    [['--seed', 'package.json'], /The seed has \d+ fault/],
    [['--seed', 'x', '--port', 'high'], /--port must be a number/],
    [['--sead', 'x'], /sead/],
  ])('says what is wrong with %j', async (args, message) => {
    const { text, ended } = run(args);
    expect(await ended).toEqual([1, null]);
    expect(text()).toMatch(message);
  });

  test('explains itself', async () => {
    const { text, ended } = run(['--help']);
    expect(await ended).toEqual([0, null]);
    expect(text()).toContain('--webhook-url');
  });
});
