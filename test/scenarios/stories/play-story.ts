import { z } from 'zod';
import { readCatalog } from '../../../src/catalog/read-catalog.ts';
import { toAdvanced } from '../../../src/demo/narrator.ts';
import type { Step } from '../../../src/domain/workflow.ts';
import { untilPerformedTogether } from '../../crash/support/executions.ts';
import type { Calls } from '../../support/recordings.ts';
import type { Scene } from '../scene.ts';
import type { Ticket } from '../ticket.ts';

const catalog = await readCatalog({ directory: '.' });

/** What a person says when the run waits at a step. */
export interface Saying {
  readonly at: string;
  readonly attempt?: number;
  readonly words: string;
}

/** A run of a workflow from its label to its pull request. */
export interface Story {
  readonly workflow: string;
  /** Those that are held are answered only when all of them have been asked, so they must be at the same time. */
  readonly calls: Calls;
  readonly people?: readonly Saying[];
  /** Attempts at the steps of the workflow, in their order, such as `gates.2`; each line holds some of them. */
  readonly performed: readonly string[];
  /** Steps that were passed over, with why. */
  readonly passedOver: Readonly<Record<string, string>>;
  /** The files of the pull request. */
  readonly files: readonly string[];
}

/** An attempt as the log tells of it, in milliseconds. */
export interface Performed {
  readonly step: string;
  readonly attempt: number;
  readonly startedMs: number;
  readonly endedMs: number;
}

const performedSchema = z.object({
  msg: z.literal('a step was performed'),
  runId: z.string(),
  step: z.string(),
  attempt: z.int(),
  ms: z.number(),
  time: z.string(),
});

/** Labels an issue, says what people have to say, and resolves when the run has ended. */
export async function playStory(scene: Scene, story: Story): Promise<Ticket> {
  await scene.play(story.calls);
  const ticket = await scene.open();
  await ticket.label('will', `baton:${story.workflow}`);
  await Promise.all([releaseTogether(scene, story.calls), followStory(ticket, story)]);
  return ticket;
}

async function followStory(ticket: Ticket, story: Story): Promise<void> {
  for (const { at, attempt = 1, words } of story.people ?? []) {
    await ticket.run({ state: 'held', step: at, attempt });
    await ticket.comment('wilma', words);
  }
  await ticket.run({ state: 'succeeded' });
}

/** Lets the calls that are held be answered once they are all under way at the same time. Rejects when they never are. */
export async function releaseTogether(scene: Scene, calls: Calls): Promise<void> {
  const held = Object.values(calls).filter(({ until }) => until !== undefined);
  if (held.length > 0) {
    await untilPerformedTogether(scene.stage.databaseUrl, held.length);
    await scene.release();
  }
}

/** All attempts of the ticket's only run, by when they began. */
export async function performedIn(scene: Scene, ticket: Ticket): Promise<readonly Performed[]> {
  const [progress = ''] = await ticket.progress();
  const runId = /\nRun `(?<id>run-[0-9a-f]+)`/.exec(progress)?.groups?.['id'];
  return scene.stage.lines
    .flatMap((line) => performedSchema.safeParse(line).data ?? [])
    .filter((line) => line.runId === runId)
    .map(({ step, attempt, ms, time }) => ({
      step,
      attempt,
      startedMs: Date.parse(time) - ms,
      endedMs: Date.parse(time),
    }))
    .toSorted((one, other) => one.startedMs - other.startedMs);
}

/** The steps that the log says were not needed. */
export function passedOverIn(scene: Scene, ticket: Ticket): readonly string[] {
  const runs = scene.stage.lines.flatMap((line) => toAdvanced(line) ?? []);
  return runs
    .filter(({ subject }) => subject === ticket.subject)
    .flatMap(({ passedOver = [] }) => passedOver);
}

/** The rows of the steps table in the progress comment. */
export async function stepRows(ticket: Ticket): Promise<readonly string[]> {
  const [progress = ''] = await ticket.progress();
  const [, table = ''] = /^\| Step \|.*\n\|[-|]+\n(?<rows>(?:\|.*\n)+)/m.exec(progress) ?? [];
  const rows = table.trimEnd().split('\n');
  return rows.map((row) => {
    const [title, , state = '', result] = row.slice(2, -2).split(' | ');
    return `${title}: ${state}${state.startsWith('➖') ? ` (${result})` : ''}`;
  });
}

/** The rows that a story should leave: every step of the workflow, done or passed over. */
export function expectedRows({ workflow, performed, passedOver }: Story): readonly string[] {
  const attempts = performed.join(' ').split(' ');
  return stepsOf(workflow).map(({ id, title }) => {
    const last = attempts.findLast((name) => name.startsWith(`${id}.`))?.slice(id.length + 1);
    if (last === undefined) {
      return `${title}: ➖ not needed (${passedOver[id]})`;
    }
    return `${title}: ✅ done${last === '1' ? '' : `, attempt ${last}`}`;
  });
}

/** The attempts as a story names them: what was done side by side goes by the name of the step that stands for it. */
export function toAttempts({ workflow }: Story, performed: readonly Performed[]): string {
  const owners = new Map(
    stepsOf(workflow).flatMap((step) => branchesOf(step).map(({ id }) => [id, step.id])),
  );
  const names = performed.map(({ step, attempt }) => `${owners.get(step) ?? step}.${attempt}`);
  return names.filter((name, index) => name !== names[index - 1]).join(' ');
}

function stepsOf(workflow: string): readonly Step[] {
  return catalog.workflows.get(workflow)?.steps ?? [];
}

function branchesOf({ kind: name, with: options }: Step): readonly Step[] {
  const kind = catalog.stepKinds.get(name);
  return kind?.branches(kind.options.parse(options)) ?? [];
}
