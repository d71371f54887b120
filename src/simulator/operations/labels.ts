import { invalid } from '../server/github-error.ts';
import type { Issue } from '../state/issue.ts';
import type { Label } from '../state/label.ts';
import { toNodeId } from '../state/node-id.ts';
import { emitIssueChange } from '../webhooks/emit-issues.ts';
import type { Act } from './act.ts';
import { countCharacters } from './count-characters.ts';
import { noteIssueEvent } from './issue-event.ts';

const MAX_NAME_LENGTH = 50;
const MAX_DESCRIPTION_LENGTH = 100;

export type NewLabel = {
  readonly name: string;
  readonly color?: string | undefined;
  readonly description?: string | null | undefined;
};

/** @throws GitHubError 422 for a name or description which GitHub does not take. */
export function requireLabelText(label: Partial<NewLabel>): void {
  if (
    label.name !== undefined &&
    (label.name.trim() === '' || countCharacters(label.name) > MAX_NAME_LENGTH)
  ) {
    throw invalid('Label', 'name', {
      code: 'invalid',
      message: 'name is too long (maximum is 50 characters)',
    });
  }
  if (countCharacters(label.description ?? '') > MAX_DESCRIPTION_LENGTH) {
    throw invalid('Label', 'description', {
      code: 'invalid',
      message: 'description is too long (maximum is 100 characters)',
    });
  }
  if (label.color !== undefined && !/^[0-9a-f]{6}$/i.test(label.color)) {
    throw invalid('Label', 'color', { code: 'invalid' });
  }
}

/** Makes a label. @throws GitHubError 422 when there is one of that name. */
export function createLabel(act: Act, wanted: NewLabel): Label {
  requireLabelText(wanted);
  const key = wanted.name.toLowerCase();
  if (act.repository.labels.has(key)) {
    throw invalid('Label', 'name', { code: 'already_exists' });
  }
  const id = act.world.nextId();
  const label = {
    id,
    nodeId: toNodeId('LA', id),
    name: wanted.name,
    color: wanted.color ?? 'ededed',
    description: wanted.description ?? null,
  };
  act.repository.labels.set(key, label);
  return label;
}

/** Puts labels on an issue; those the repository does not have are made, as GitHub does. */
export async function addLabels(act: Act, issue: Issue, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const label = ensureLabel(act, name);
    if (!issue.labels.includes(label)) {
      issue.labels.push(label);
      await announceLabel(act, issue, label);
    }
  }
}

/** The label of that name, made when it is missing. */
export function ensureLabel(act: Act, name: string): Label {
  return act.repository.labels.get(name.toLowerCase()) ?? createLabel(act, { name });
}

/** Tells that an issue has got a label. */
export async function announceLabel(act: Act, issue: Issue, label: Label): Promise<void> {
  noteIssueEvent(act, issue, { event: 'labeled', label: { name: label.name, color: label.color } });
  await emitIssueChange(act, issue, { action: 'labeled', label });
}

/** Takes a label off an issue. */
export async function removeLabel(act: Act, issue: Issue, label: Label): Promise<void> {
  issue.labels.splice(issue.labels.indexOf(label), 1);
  noteIssueEvent(act, issue, { event: 'unlabeled', label: { name: label.name, color: label.color } });
  await emitIssueChange(act, issue, { action: 'unlabeled', label });
}

/** Makes the labels of an issue exactly these. */
export async function replaceLabels(act: Act, issue: Issue, names: readonly string[]): Promise<void> {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  for (const label of issue.labels.filter((one) => !wanted.has(one.name.toLowerCase()))) {
    await removeLabel(act, issue, label);
  }
  await addLabels(act, issue, names);
}
