import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createNarrator } from './demo/narrator.ts';
import { PLAYS } from './demo/plays.ts';
import { type DemoResult, runDemo } from './demo/run-demo.ts';

const USAGE = `npm run demo -- [--delivery] [--exit] [--json]
  --delivery  the delivery pipeline, in seven phases, in place of a small feature
  --exit      end after the run instead of staying up for a look around
  --json      print the result as one JSON object, as the last line`;

function readFlags() {
  const options = {
    delivery: { type: 'boolean' },
    exit: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(64);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function summarise({ run, pullRequest, checks, durationMs }: DemoResult): string {
  const green = checks.filter(({ conclusion }) => conclusion === 'success').length;
  const skipped = checks.filter(({ conclusion }) => conclusion === 'skipped').length;
  const beside = skipped === 0 ? '' : `, ${skipped} not applicable here`;
  const proposed = pullRequest === null ? 'no pull request' : `pull request #${pullRequest.number}`;
  const files = (pullRequest?.files ?? []).map((path) => `\n  ${path}`).join('');
  return `\nThe run ${run.state} after ${(durationMs / 1000).toFixed(1)} s: ${proposed}, ${green} of ${checks.length} check runs green${beside}.${files}`;
}

const flags = readFlags();
if (flags.help === true) {
  print(USAGE);
  process.exit(0);
}
const demo = await runDemo(
  flags.delivery === true ? PLAYS.delivery : PLAYS.feature,
  createNarrator(print, () => performance.now()),
).catch((error: unknown) => {
  process.stderr.write(`The demo broke off: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
print(summarise(demo.result));
print(`Baton uses ${Math.round(demo.residentBytes / 2 ** 20)} MB of memory.`);
if (flags.exit !== true) {
  print(`\nLook around: ${demo.pages}\n  issue         ${demo.result.issue.url}`);
  print(
    `  pull request  ${demo.result.pullRequest?.url ?? 'none'}\nLabelling and commenting work there. Ctrl-C ends it.`,
  );
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}
await demo.stop();
if (flags.json === true) {
  print(JSON.stringify(demo.result));
}
process.exit(demo.result.run.state === 'succeeded' ? 0 : 1);
