// The figures, as medians and as ratios to something known. Usage: npm run bench [-- ack sign runs worktree start queue gateway sandbox install conduct agents traces messages hostile-text]
import { cpus, loadavg } from 'node:os';
import { measureAck } from './figures/ack/measure-ack.ts';
import { measureAgents } from './figures/measure-agents.ts';
import { measureConduct } from './figures/measure-conduct.ts';
import { measureFirstSign } from './figures/measure-first-sign.ts';
import { measureGateway } from './figures/measure-gateway.ts';
import { measureHostileText } from './figures/measure-hostile-text.ts';
import { measureInstall } from './figures/measure-install.ts';
import { measureSandbox } from './figures/measure-sandbox.ts';
import { measureStart } from './figures/measure-start.ts';
import { measureTraces } from './figures/measure-traces.ts';
import { measureWorktree } from './figures/measure-worktree.ts';
import { measureMessages } from './figures/messages/measure-messages.ts';
import { measureQueue } from './figures/queue/measure-queue.ts';
import { measureRuns } from './figures/runs/measure-runs.ts';

const FIGURES: Readonly<Record<string, () => Promise<void>>> = {
  ack: measureAck,
  sign: measureFirstSign,
  runs: measureRuns,
  worktree: measureWorktree,
  start: measureStart,
  queue: measureQueue,
  gateway: measureGateway,
  sandbox: measureSandbox,
  install: measureInstall,
  conduct: measureConduct,
  agents: measureAgents,
  traces: measureTraces,
  messages: measureMessages,
  'hostile-text': measureHostileText,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in FIGURES));
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}; there are: ${Object.keys(FIGURES).join(', ')}.`);
  process.exit(64);
}
const startedMs = performance.now();
console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}, load ${loadavg()[0]}`);
for (const [name, measure] of Object.entries(FIGURES)) {
  if (asked.length === 0 || asked.includes(name)) {
    await measure();
  }
}
const seconds = Math.round((performance.now() - startedMs) / 1000);
console.log(`\n${seconds} s; load ${loadavg()[0]} at the end`);
// Servers of the comparison keep their sockets open for a while.
process.exit(0);
