import { createBubblewrapSandbox } from '../../../src/sandbox/create-bubblewrap-sandbox.ts';
import { createOpenSandbox } from '../../../src/sandbox/create-open-sandbox.ts';
import { silentLog } from './host.ts';

/** A server's process: tells what stands behind a descriptor in each sandbox. Arguments: a tree, the descriptor. */
const [tree = '', descriptor = ''] = process.argv.slice(2);

for (const sandbox of [createBubblewrapSandbox({ log: silentLog }), createOpenSandbox()]) {
  const result = await sandbox.run(
    {
      argv: ['/bin/sh', '-c', `readlink /proc/self/fd/${descriptor} || echo none`],
      tree: { path: tree, access: 'write' },
      timeoutMs: 10_000,
    },
    new AbortController().signal,
  );
  console.log(sandbox.kind, result.kind === 'unavailable' ? result.reason : result.output.trim());
}
