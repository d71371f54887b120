import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { conditionWords } from '../../src/domain/condition.ts';
import type { Step } from '../../src/domain/workflow.ts';
import type { Call, Calls } from '../support/recordings.ts';
import { work } from './agents.ts';
import type { Ticket } from './ticket.ts';

const catalog = await readCatalog({ directory: '.' });

/** Longer than any test waits. */
const NEVER_MS = 600_000;

/** So many that a run which a failed test leaves behind keeps no other waiting. */
export const MANY_AGENTS = { BATON_AGENT_LIMIT: '99', BATON_AGENT_LIMIT_PER_ROLE: '99' };

/** Agents that never come to an end, so that nothing but the plan of a run can be seen. */
export function endlessAgents(changes: Calls = {}): Calls {
  const steps = [...catalog.workflows.values()].flatMap(({ steps: all }) => [
    ...all,
    ...all.flatMap(branchesOf),
  ]);
  const endless = steps.map(({ id }): [string, Call] => [`${id}.1`, { ...work('Late.'), delayMs: NEVER_MS }]);
  return { ...Object.fromEntries(endless), ...changes };
}

/** What the progress comment of the ticket's only run says before anything is done. */
export async function announced(ticket: Ticket) {
  const progress = await ticket.progress();
  const [text = ''] = progress;
  const { workflow, why } =
    /^Workflow `(?<workflow>[^`]+)`, (?<why>.*)\. Requested by /m.exec(text)?.groups ?? {};
  return { runs: progress.length, workflow, why, plan: toPlan(text) };
}

/** The rows of the plan: step, who does it, and what stands under its result. */
function toPlan(text: string): readonly string[] {
  const rows = [...text.matchAll(/^\|(?<cells>.+)\|$/gm)].map(({ groups: { cells = '' } = {} }) =>
    cells.split(/(?<!\\)\|/).map((cell) => cell.trim()),
  );
  // The first two are the head of the table.
  return rows
    .slice(2)
    .map(([step, who, _state, result]) => [step, who, result].filter((part) => part !== '').join(': '));
}

/** The plan of a shipped workflow, by its file. */
export function planOf(workflow: string): readonly string[] {
  return catalog.define(workflow).workflow.steps.map(({ id, title = id, roles = [], when }) => {
    const condition = when === undefined ? '' : `only ${conditionWords(when)}`;
    return [title, [...new Set(roles)].join(', '), condition].filter((part) => part !== '').join(': ');
  });
}

function branchesOf({ kind: name, with: options }: Step): readonly Step[] {
  const kind = catalog.stepKinds.get(name);
  return kind?.branches(kind.options.parse(options)) ?? [];
}
