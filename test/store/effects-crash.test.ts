import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { useStores } from './test-store.ts';

describe('src/store/create-effects, killed in the middle of a send', () => {
  const stores = useStores();

  it('finds the write of the killed process and does not repeat it', async () => {
    const { effects } = await stores.open();
    const directory = await mkdtemp(path.join(tmpdir(), 'baton-effect-'));
    const file = path.join(directory, 'outside');
    const script = path.join(import.meta.dirname, 'send-and-hang.ts');
    const child = spawn(process.execPath, [script, stores.url(), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    let sends = 0;
    const found = await effects.ensure({
      key: 'killed',
      kind: 'comment',
      runId: null,
      lookUp: async () => readFile(file, 'utf8'),
      async send() {
        sends += 1;
        return Promise.resolve('written again');
      },
    });
    expect(found).toBe('written\n');
    expect(sends).toBe(0);
    await rm(directory, { recursive: true });
  });
});
