import { partsOf } from '../domain/parts-of.ts';
import { liveHistory } from '../domain/progress.ts';
import { type BegunRun, isEnded } from '../domain/run.ts';
import type { WorkGraph } from '../domain/work-graph.ts';
import type { Part } from './assemble.ts';
import { byteLength } from './clip.ts';
import { type StepState, stepState } from './step-state.ts';

/** How the pieces of a run's work hang together, drawn by GitHub, with where each stands; empty when nobody laid them out. */
export function workGraph(run: BegunRun): Part {
  const graph = graphOf(run);
  const text = graph === null ? '' : draw(run, graph);
  return (maxBytes) => (byteLength(text) <= maxBytes ? text : '');
}

function graphOf(run: BegunRun): WorkGraph | null {
  const outcomes = liveHistory(run).map(({ outcome }) => outcome);
  const last = outcomes.findLast((outcome) => outcome.kind === 'passed' && outcome.graph !== undefined);
  return last?.kind === 'passed' ? (last.graph ?? null) : null;
}

type Look = 'done' | 'now' | 'held' | 'wait';

/** Quiet colours that can be read on light and dark pages. */
const LOOKS: Readonly<Record<Look, string>> = {
  done: 'fill:#2da44e,color:#fff,stroke:#2da44e',
  now: 'fill:#0969da,color:#fff,stroke:#0969da',
  held: 'fill:#bf8700,color:#fff,stroke:#bf8700',
  wait: 'fill:#8c959f33,stroke:#8c959f',
};

function draw(run: BegunRun, graph: WorkGraph): string {
  const lines = graph.flatMap((piece, index) => {
    const look = lookOf(run, piece.id);
    const parts = piece.parts.length > 1 ? piece.parts : [];
    return [
      `  p${index}["${escape(piece.title)}"]:::${look}`,
      ...parts.map((part, number) => {
        const partLook = lookOfPart(run, { piece: piece.id, part: part.step, look });
        return `  p${index} --- p${index}m${number}("${escape(part.title)}"):::${partLook}`;
      }),
      ...piece.after.map((before) => `  p${graph.findIndex(({ id }) => id === before)} --> p${index}`),
    ];
  });
  const classes = Object.entries(LOOKS).map(([look, style]) => `  classDef ${look} ${style}`);
  return ['```mermaid', 'flowchart LR', ...lines, ...classes, '```'].join('\n');
}

/** A piece is done when its last step is. */
function lookOf(run: BegunRun, id: string): Look {
  const own = run.definition.workflow.steps.filter((step) => step.id === id || step.id.startsWith(`${id}-`));
  const states = own.map((step) => stepState(run, step.id));
  if (!isEnded(run) && own.some((step) => step.id === run.step)) {
    return run.state === 'held' ? 'held' : 'now';
  }
  return states.length > 0 && states.every(isOver) ? 'done' : 'wait';
}

function isOver(state: StepState): boolean {
  return state === 'done' || state === 'skipped';
}

/** What was written on a branch of its own is done before the piece is. */
function lookOfPart(
  run: BegunRun,
  { piece, part, look }: { readonly piece: string; readonly part: string; readonly look: Look },
): Look {
  return partsOf(run, piece).some(({ step }) => step === part) ? 'done' : look;
}

/** Labels come from documents; what could end one, or be markup, is written as an entity of Mermaid. */
function escape(text: string): string {
  return text.slice(0, 80).replaceAll(/[^\p{L}\p{N} .,:()/_-]/gu, (sign) => `#${sign.codePointAt(0) ?? 63};`);
}
