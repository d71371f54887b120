import type { Block } from '../markdown/block.ts';
import { readMarkdown } from '../markdown/read-markdown.ts';
import { endedWell, type SeenPull, type SeenRun, type Sight } from './sight.ts';
import type { DoneItem } from './team-note.ts';

/** What has to hold when a pull request of a run is merged. Only what is seen counts, never what somebody says. */
export function checkDone(
  pull: SeenPull & { readonly issue: number },
  { issues, runs }: Pick<Sight, 'issues' | 'runs'>,
): readonly DoneItem[] {
  const run = runs.find(({ pullRequest }) => pullRequest === pull.number);
  const isIssueOpen = issues.some(({ number }) => number === pull.issue);
  return [
    ...(run === undefined ? [] : ofRun(run, pull)),
    {
      what: 'The issue is closed',
      holds: !isIssueOpen,
      why: isIssueOpen ? `#${pull.issue} is still open` : `#${pull.issue}`,
    },
    {
      what: 'No box of the pull request is left open',
      holds: !hasOpenBox(readMarkdown(pull.body)),
      why: `#${pull.number}`,
    },
  ];
}

/** As people see them: none in code, in a comment, or in what is quoted. */
function hasOpenBox(blocks: readonly Block[]): boolean {
  return blocks.some(
    (block) =>
      block.kind === 'list' &&
      block.items.some(({ task, blocks: below }) => task === 'open' || hasOpenBox(below)),
  );
}

function ofRun(run: SeenRun, pull: SeenPull): readonly DoneItem[] {
  const { gates } = run;
  return [
    { what: 'The run ended well', holds: endedWell(run), why: `${run.id} ${run.state}` },
    {
      what: 'What was merged is what was judged',
      holds: run.head === pull.headSha,
      why: toMergedWords(run, pull),
    },
    {
      what: 'Every gate was green',
      holds: gates.length > 0 && gates.every(({ green }) => green),
      why: gates.length === 0 ? 'no gate judged it' : toGateWords(gates),
    },
  ];
}

/** Says which commits nobody has judged, so that somebody can look at them. */
function toMergedWords({ head }: SeenRun, { headSha }: SeenPull): string {
  if (head === null) {
    return 'the run has no commit';
  }
  const judged = head.slice(0, 7);
  return head === headSha
    ? judged
    : `the run ended at ${judged}, merged was ${headSha.slice(0, 7)}: nothing in between was judged`;
}

function toGateWords(gates: SeenRun['gates']): string {
  const red = gates.filter(({ green }) => !green).map(({ name }) => name);
  return red.length === 0 ? gates.map(({ name }) => name).join(', ') : `not green: ${red.join(', ')}`;
}
