// A process that opens a tree, waits for a spare, says so, and stays until it is killed.
// Usage: node leave-spare.ts <home> <remote URL> <token> <commit>
import { createWorkspace } from '../../../src/workspace/create-workspace.ts';
import { toRepository } from './git-remote.ts';
import { watchSpares } from './watch-spares.ts';

const [home = '', url = '', token = '', commit = ''] = process.argv.slice(2);
const watch = watchSpares();
const workspace = createWorkspace({
  home,
  remoteUrl: ({ owner, name }) => `${url}/${owner}/${name}.git`,
  token: () => Promise.resolve(token),
  effects: { ensure: (effect) => effect.send() },
  identity: { name: 'baton', email: 'baton@example.com' },
  log: watch.log,
});
await workspace.openTree(toRepository('app'), commit, 'implement');
await watch.until(commit);
process.stdout.write('ready');
process.stdin.resume();
