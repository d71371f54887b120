import type { SeenPull, SeenRun, Sight } from './sight.ts';
import type { DoneItem } from './team-note.ts';

const OPEN_BOX = /^\s*[-*] \[ \] /m;

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
      holds: !OPEN_BOX.test(pull.body),
      why: `#${pull.number}`,
    },
  ];
}

function ofRun(run: SeenRun, pull: SeenPull): readonly DoneItem[] {
  const { gates } = run;
  return [
    { what: 'The run ended well', holds: run.state === 'succeeded', why: `${run.id} ${run.state}` },
    {
      what: 'What was merged is what was judged',
      holds: run.head === pull.headSha,
      why: run.head === null ? 'the run has no commit' : `the run ended at ${run.head.slice(0, 7)}`,
    },
    {
      what: 'Every gate was green',
      holds: gates.length > 0 && gates.every(({ green }) => green),
      why: gates.length === 0 ? 'no gate judged it' : toGateWords(gates),
    },
  ];
}

function toGateWords(gates: SeenRun['gates']): string {
  const red = gates.filter(({ green }) => !green).map(({ name }) => name);
  return red.length === 0 ? gates.map(({ name }) => name).join(', ') : `not green: ${red.join(', ')}`;
}
