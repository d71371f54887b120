import type { Choice } from './choice.ts';
import { ISSUE_TYPES, typeOfWorkflow } from './issue-type.ts';
import { stripHidden } from './strip-hidden.ts';
import type { Ticket } from './ticket.ts';
import { triageByRules } from './triage-rules.ts';

/** What a workflow is chosen by. */
export interface ChoiceInput {
  readonly ticket: Pick<Ticket, 'title' | 'body' | 'labels'>;
  /** The workflow that somebody named; null when they left it to us. */
  readonly asked: string | null;
  /** The repository's own labels, each with the workflow it stands for. Upper and lower case are the same. */
  readonly labelMap: Readonly<Record<string, string>>;
  /** The workflows that can be started here. */
  readonly workflowNames: ReadonlySet<string>;
}

export type ChosenWorkflow =
  | { readonly kind: 'chosen'; readonly workflow: string; readonly choice: Choice }
  /** Nothing says clearly which, and why; the lead is asked. */
  | { readonly kind: 'undecided'; readonly choice: Choice };

/**
 * The workflow for an issue, by the first of these that says something clear: the name somebody asked for, the
 * repository's map of labels, the words of the issue.
 */
export function chooseWorkflow(input: ChoiceInput): ChosenWorkflow {
  const { asked, workflowNames } = input;
  if (asked !== null) {
    // Whoever names a workflow means that one: another is no answer, not even when it does not exist.
    return workflowNames.has(asked)
      ? said(asked, 'request', ['it was asked for by name'])
      : undecided([`there is no workflow ${asked} here`]);
  }
  const labels = readLabels(input);
  const [only, ...others] = labels.workflows;
  if (only !== undefined && others.length === 0) {
    return said(only, 'label-map', labels.reasons);
  }
  return chooseByRules(input, others.length === 0 ? labels.missing : [...labels.reasons, UNCLEAR_LABELS]);
}

const UNCLEAR_LABELS = 'the labels name different workflows, so they decide nothing';
const UNCLEAR_WORDS = 'the words of the issue do not say clearly what kind it is';

/** What somebody said is no guess. */
function said(workflow: string, by: 'request' | 'label-map', reasons: string[]): ChosenWorkflow {
  return { kind: 'chosen', workflow, choice: { by, type: typeOfWorkflow(workflow), confidence: 1, reasons } };
}

function undecided(reasons: string[]): ChosenWorkflow {
  return { kind: 'undecided', choice: { by: 'nobody', type: null, confidence: 0, reasons } };
}

interface LabelChoice {
  readonly workflows: readonly string[];
  readonly reasons: string[];
  /** Why labels that are in the map decide nothing. */
  readonly missing: readonly string[];
}

function readLabels({ ticket, labelMap, workflowNames }: ChoiceInput): LabelChoice {
  const has = new Set(ticket.labels.map((label) => label.toLowerCase()));
  const mapped = Object.entries(labelMap).filter(([label]) => has.has(label.toLowerCase()));
  const known = mapped.filter(([, workflow]) => workflowNames.has(workflow));
  const unknown = mapped.filter(([, workflow]) => !workflowNames.has(workflow));
  return {
    workflows: [...new Set(known.map(([, workflow]) => workflow))],
    reasons: known.map(([label, workflow]) => `the label '${label}' stands for ${workflow}`),
    missing: unknown.map(
      ([label, workflow]) => `the label '${label}' stands for ${workflow}, which does not exist here`,
    ),
  };
}

function chooseByRules({ ticket, workflowNames }: ChoiceInput, before: readonly string[]): ChosenWorkflow {
  // What no reader sees must not choose either.
  const found = triageByRules({ title: ticket.title, body: stripHidden(ticket.body).text });
  if (found === null) {
    return undecided([...before, UNCLEAR_WORDS]);
  }
  const { type, confidence, reasons } = found;
  const { workflow, title } = ISSUE_TYPES[type];
  return workflowNames.has(workflow)
    ? {
        kind: 'chosen',
        workflow,
        choice: { by: 'rules', type, confidence, reasons: [...before, ...reasons] },
      }
    : undecided([
        ...before,
        `the words of the issue speak for ${title}, but there is no workflow ${workflow} here`,
      ]);
}
