import type { Change } from '../../src/domain/change.ts';
import type { Choice } from '../../src/domain/choice.ts';
import { type Order, orderSchema } from '../../src/domain/run.ts';
import { type Workflow, workflowSchema } from '../../src/domain/workflow.ts';

export const REQUESTER = { id: 11, login: 'ada' };
export const MAINTAINER = { id: 12, login: 'grace' };

/** A commit id that is easy to tell apart: `sha('b')` is forty times b. */
export function sha(digit: string): string {
  return digit.repeat(40);
}

/** Triage, design, approval, implementation, gates, review, pull request. */
export function aWorkflow(changes: Partial<Workflow> = {}): Workflow {
  return {
    ...workflowSchema.parse({
      name: 'feature',
      description: 'Designs, builds, judges and proposes a feature.',
      labels: ['enhancement'],
      steps: [
        { id: 'triage', kind: 'agent', title: 'Triage', with: { role: 'triage' } },
        { id: 'architecture', kind: 'agent', title: 'Architecture', with: { role: 'architect' } },
        {
          id: 'design-approval',
          kind: 'approval',
          title: 'Design approval',
          onReject: 'architecture',
          with: { show: 'architecture', question: 'May this design be built?' },
        },
        {
          id: 'implementation',
          kind: 'agent',
          title: 'Implementation',
          with: { role: 'implementer', access: 'write' },
        },
        { id: 'gates', kind: 'gates', title: 'Gates', onReject: 'implementation' },
        {
          id: 'review',
          kind: 'review',
          title: 'Review',
          onReject: 'implementation',
          with: { role: 'reviewer' },
        },
        { id: 'pull-request', kind: 'pull-request', title: 'Pull request' },
      ],
    }),
    ...changes,
  };
}

/** Asked for by its name. */
export const CHOICE: Choice = { by: 'request', type: null, confidence: 1, reasons: [] };

/** The gates and a reviewer, whose rejections are the result. */
export function aReviewWorkflow(): Workflow {
  return workflowSchema.parse({
    name: 'review',
    description: 'Judges a pull request.',
    subject: 'pull-request',
    steps: [
      { id: 'gates', kind: 'gates', title: 'Gates', onReject: 'go-on' },
      { id: 'review', kind: 'review', title: 'Review', onReject: 'go-on', with: { role: 'reviewer' } },
    ],
  });
}

/** What a pull request of somebody with write access proposes. */
export function aChange(changes: Partial<Change> = {}): Change {
  return { headSha: sha('f'), baseRef: 'main', fork: false, ...changes };
}

export function anOrder(changes: Partial<Order> = {}): Order {
  return orderSchema.parse({
    id: 'run-0123456789abcdef0123',
    subject: {
      repository: { id: 901, owner: 'acme', name: 'orders', installationId: 77 },
      number: 42,
    },
    ticket: {
      title: 'Cap the page size of the order list',
      body: 'A client asked for 100,000 orders at once.',
      author: { id: 13, login: 'linus' },
      url: 'https://github.com/acme/orders/issues/42',
    },
    requestedBy: REQUESTER,
    trigger: 'label baton',
    requestedAt: '2026-03-02T09:00:00.000Z',
    workflow: 'feature',
    branch: 'baton/42-cap-the-page-size',
    sandbox: 'bubblewrap',
    ...changes,
  });
}
