import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { commands } from '../../src/commands/registry.gen.ts';
import { readAcceptanceCriteria } from '../../src/domain/acceptance-criteria.ts';
import { readMarkdown } from '../../src/domain/markdown/read-markdown.ts';
import { parseComment } from '../../src/domain/parse-comment.ts';
import { stripHidden } from '../../src/domain/strip-hidden.ts';
import { findHits } from '../../src/domain/triage/find-hits.ts';
import { toProse } from '../../src/domain/triage/to-prose.ts';
import { toWords } from '../../src/domain/triage/to-words.ts';
import { createMarkers, withoutMarkers } from '../../src/github/publish/markers.ts';
import { code, fence } from '../../src/presentation/fence.ts';
import { neutralise } from '../../src/presentation/neutralise.ts';
import { createMask } from '../../src/telemetry/create-mask.ts';
import { printTable } from '../report/print-table.ts';
import { median } from '../report/quantile.ts';

const LENGTH = 256 * 1024;
const ROUNDS = 5;
const PLAIN = 'The total of an order is wrong when a discount is given twice, as the log says.\n\n';

/** What makes readers that go back and forth slow: openings without an end, runs of one character, nesting. */
const UNITS = [
  ' ',
  '\n',
  '\t',
  '\u00a0',
  '<',
  '<!--',
  '<!-<!-- -->',
  '<div hidden>',
  '<a title="',
  '<details>',
  '![',
  '[',
  '](',
  '[a]: b "',
  '`',
  '~~~\n',
  '```\n',
  '*a ',
  '**_',
  '> ',
  '- ',
  '1. ',
  '|',
  '| a |\n|-|\n',
  '# ',
  '&#105;',
  '&amp;',
  '&',
  '@',
  'fixes a/',
  '/baton ',
  '/baton aproove\n',
  '/batton run\n',
  '<!-- baton:',
  '<!-- baton:issue:1:',
  'ghs_',
  'sk-',
  'eyJaaaaaaaa.',
  '-----BEGIN ',
  'https://a:',
  'authorization:',
  '\u{e0041}',
  '\u200b',
  '\u{1f468}\u200d',
  'e\u0301',
  '\u001b[',
] as const;

/** Everything that reads what strangers write, at its public name. */
function toReaders(): Readonly<Record<string, (text: string) => unknown>> {
  const markers = createMarkers('a secret of the bench');
  const mask = createMask(['canary-0123456789', 'another-secret-of-the-server']);
  return {
    'hidden text (stripHidden)': stripHidden,
    'Markdown (readMarkdown)': readMarkdown,
    'acceptance criteria': readAcceptanceCriteria,
    'words of an issue (triage)': (text) => findHits(toWords(toProse(text))),
    'commands (parseComment)': (text) => parseComment(text, commands),
    'markers, all five': (text) => [
      markers.marks({ owner: 'run-1', key: 'progress' }, text),
      markers.replace({ owner: 'run-1', key: 'progress' }, text, 'new'),
      markers.readIssue(1, text),
      markers.readDebt(1, text),
      withoutMarkers(text),
    ],
    'mask of logs': mask,
    'neutralise, code, fence': (text) => [neutralise(text), code(text), fence(text, LENGTH)],
  };
}

/** How long reading 256 KiB of hostile text keeps everything else waiting, beside plain words of the same length. */
export async function measureHostileText(): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const rows: (readonly (string | number)[])[] = [];
  for (const [name, read] of Object.entries(toReaders())) {
    const plain = await measure(read, PLAIN);
    delay.enable();
    const hostile = await measureAll(read);
    delay.disable();
    const [worst = { unit: '', ms: 0 }] = hostile.toSorted((one, other) => other.ms - one.ms);
    rows.push([
      name,
      plain,
      median(hostile.map(({ ms }) => ms)),
      worst.ms,
      worst.ms / plain,
      JSON.stringify(worst.unit),
    ]);
  }
  printTable(
    `256 KiB of hostile text, milliseconds in one go (${UNITS.length} texts; the best of ${ROUNDS} rounds each)`,
    [['', 'plain words', 'median', 'worst', 'ratio to plain', 'worst text'], ...rows],
  );
  console.log(
    `  The longest delay of the event loop, of all rounds, with what else the machine did: ${(delay.max / 1e6).toFixed(0)} ms`,
  );
}

async function measureAll(
  read: (text: string) => unknown,
): Promise<readonly { readonly unit: string; readonly ms: number }[]> {
  const measured = [];
  for (const unit of UNITS) {
    measured.push({ unit, ms: await measure(read, unit) });
  }
  return measured;
}

/**
 * The shortest of some rounds, since what else the machine does only adds; the first warms up and is not counted. Between
 * rounds the event loop goes on, as it does in the server.
 */
async function measure(read: (text: string) => unknown, unit: string): Promise<number> {
  const text = unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
  const taken: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await nextTurn();
    const startedMs = performance.now();
    read(text);
    taken.push(performance.now() - startedMs);
  }
  return Math.min(...taken.slice(1));
}
