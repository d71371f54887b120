import { describe, expect, it } from 'vitest';
import { choiceSchema } from '../../src/domain/choice.ts';
import { type ChoiceInput, chooseWorkflow } from '../../src/domain/choose-workflow.ts';
import { ISSUE_TYPES } from '../../src/domain/issue-type.ts';

const SHIPPED = Object.values(ISSUE_TYPES).map(({ workflow }) => workflow);
const CLEAR = { title: 'Slow query on the order list', body: '', labels: [] };
const UNCLEAR = { title: 'A thought', body: '', labels: [] };

function choose(input: Partial<ChoiceInput>) {
  const chosen = chooseWorkflow({
    ticket: UNCLEAR,
    asked: null,
    labelMap: {},
    workflowNames: new Set([...SHIPPED, 'mine']),
    ...input,
  });
  return {
    workflow: chosen.kind === 'chosen' ? chosen.workflow : null,
    choice: choiceSchema.parse(chosen.choice),
  };
}

const SILENT = 'the words of the issue do not say clearly what kind it is';

/** Nobody has decided, for these reasons. */
function open(...reasons: readonly string[]) {
  return { workflow: null, choice: { by: 'nobody', type: null, confidence: 0, reasons } };
}

describe('src/domain/choose-workflow', () => {
  it('takes the workflow that was asked for, whatever the labels and the words say', () => {
    const ticket = { ...CLEAR, labels: ['bug'] };
    expect(choose({ ticket, asked: 'research', labelMap: { bug: 'error-investigation' } })).toEqual({
      workflow: 'research',
      choice: { by: 'request', type: 'research', confidence: 1, reasons: ['it was asked for by name'] },
    });
  });

  it('knows no type of a workflow that is not for one', () => {
    expect(choose({ asked: 'mine' }).choice.type).toBeNull();
  });

  it('takes no other when the one asked for does not exist', () => {
    expect(choose({ ticket: CLEAR, asked: 'nothing' })).toEqual(open('there is no workflow nothing here'));
  });

  it('goes by the labels of the repository before it goes by words', () => {
    const ticket = { ...CLEAR, labels: ['Kind/Bug', 'help wanted'] };
    expect(
      choose({ ticket, labelMap: { 'kind/bug': 'error-investigation', ops: 'devops-pipeline' } }),
    ).toEqual({
      workflow: 'error-investigation',
      choice: {
        by: 'label-map',
        type: 'error',
        confidence: 1,
        reasons: ["the label 'kind/bug' stands for error-investigation"],
      },
    });
  });

  it('takes two labels that name the same workflow for one', () => {
    const ticket = { ...UNCLEAR, labels: ['bug', 'crash'] };
    const labelMap = { bug: 'error-investigation', crash: 'error-investigation' };
    expect(choose({ ticket, labelMap }).choice.reasons).toHaveLength(2);
  });

  it('lets labels that name different workflows decide nothing, and says so', () => {
    const labelMap = { bug: 'error-investigation', ops: 'devops-pipeline' };
    expect(choose({ ticket: { ...UNCLEAR, labels: ['bug', 'ops'] }, labelMap })).toEqual(
      open(
        "the label 'bug' stands for error-investigation",
        "the label 'ops' stands for devops-pipeline",
        'the labels name different workflows, so they decide nothing',
        SILENT,
      ),
    );
    const chosen = choose({ ticket: { ...CLEAR, labels: ['bug', 'ops'] }, labelMap });
    expect(chosen).toMatchObject({ workflow: 'database-performance', choice: { by: 'rules' } });
    expect(chosen.choice.reasons).toEqual([
      "the label 'bug' stands for error-investigation",
      "the label 'ops' stands for devops-pipeline",
      'the labels name different workflows, so they decide nothing',
      "the title says 'slow query'",
    ]);
  });

  it('passes over a label whose workflow does not exist, and says so', () => {
    const labelMap = { bug: 'gone', ops: 'devops-pipeline' };
    expect(choose({ ticket: { ...UNCLEAR, labels: ['bug'] }, labelMap })).toEqual(
      open("the label 'bug' stands for gone, which does not exist here", SILENT),
    );
    expect(choose({ ticket: { ...UNCLEAR, labels: ['bug', 'ops'] }, labelMap }).workflow).toBe(
      'devops-pipeline',
    );
    expect(choose({ ticket: { ...CLEAR, labels: ['bug'] }, labelMap }).choice.reasons).toContain(
      "the label 'bug' stands for gone, which does not exist here",
    );
  });

  it('does not take what every object has for a label', () => {
    expect(choose({ ticket: { ...UNCLEAR, labels: ['constructor', '__proto__'] } })).toEqual(open(SILENT));
  });

  it('goes by the words of the issue last', () => {
    expect(choose({ ticket: CLEAR })).toEqual({
      workflow: 'database-performance',
      choice: {
        by: 'rules',
        type: 'performance',
        confidence: 0.8,
        reasons: ["the title says 'slow query'"],
      },
    });
  });

  it('leaves it open when nothing is clear, or the workflow for it is not there', () => {
    expect(choose({})).toEqual(open(SILENT));
    expect(choose({ ticket: CLEAR, workflowNames: new Set(['mine']) })).toEqual(
      open(
        'the words of the issue speak for Performance, but there is no workflow database-performance here',
      ),
    );
  });
});
