import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { ISSUE_TYPES, issueTypeSchema, toTypeLabel, typeOfWorkflow } from '../../src/domain/issue-type.ts';
import type { Step } from '../../src/domain/workflow.ts';

const LEAD = 'principal-software-engineer';
const GUIDE = readFileSync('docs/guides/triage.md', 'utf8');
const catalog = await readCatalog({ directory: '.' });

/** The roles that a step asks: its own, or those of its branches. */
function rolesOf(step: Step, { stepKinds }: Catalog): readonly string[] {
  const kind = stepKinds.get(step.kind);
  if (kind === undefined) {
    throw new RangeError(`there is no step kind ${step.kind}`);
  }
  const options = kind.options.parse(step.with);
  const role = kind.role(options);
  return role === null ? kind.branches(options).flatMap((branch) => rolesOf(branch, catalog)) : [role];
}

describe.each(issueTypeSchema.options)('src/domain/issue-type: %s', (type) => {
  const { workflow, startsWith, reviewers, about } = ISSUE_TYPES[type];
  const steps = catalog.workflows.get(workflow)?.steps ?? [];
  const roles = steps.map((step) => rolesOf(step, catalog));

  test('has a workflow of its own, which begins with its role once the lead has spoken', () => {
    expect(steps).not.toEqual([]);
    const first = roles.find((asked) => asked.some((role) => role !== LEAD));
    expect(first).toContain(startsWith);
    expect(typeOfWorkflow(workflow)).toBe(type);
  });

  test('has each reviewer take part before anything is proposed', () => {
    const proposal = steps.findIndex(({ kind }) => kind === 'pull-request');
    expect(roles.slice(0, proposal).flat()).toEqual(expect.arrayContaining([...reviewers]));
  });

  test('stands in the guide as it is', () => {
    const heard = reviewers.map((role) => `\`${role}\``).join(', ');
    expect(GUIDE).toContain(
      `| \`${toTypeLabel(type)}\` | ${about} | \`${workflow}\` | \`${startsWith}\` | ${heard} |`,
    );
  });

  test('says what belongs to it, in one sentence, and has a label that GitHub takes', () => {
    expect(about).toMatch(/^[A-Z][^.]+\.$/);
    expect(toTypeLabel(type)).toMatch(/^type:[a-z]+$/);
  });
});

describe('src/domain/issue-type', () => {
  test('knows no type of a workflow that is not its own', () => {
    expect(typeOfWorkflow('mine')).toBeNull();
    expect(typeOfWorkflow('')).toBeNull();
  });
});
