import { holding } from '../../support/recordings.ts';
import { approving, reporting, work } from '../agents.ts';
import { BUILT, MENDED, SUM, WRONG, writing, YES } from './parts.ts';
import type { Story } from './play-story.ts';

/** What the workflows about running software do, by what is special about the run. */
export const OPERATIONS: Readonly<Record<string, Story>> = {
  'devops-pipeline: services are affected': {
    workflow: 'devops-pipeline',
    calls: {
      'triage.1': reporting({ operationsArea: 'infrastructure', infrastructureAffectsServices: true }),
      'architecture-review.1': work('No contract breaks.'),
      'implementation.1': writing('deploy/limits.yaml', 'memory: 1Gi\n'),
      'review.1': approving,
      'deployment-plan.1': work('One service, then all.'),
    },
    people: [{ at: 'deployment-approval', words: YES }],
    performed: [
      'triage.1 architecture-review.1 implementation.1 gates.1 review.1',
      'deployment-plan.1 deployment-approval.1 pull-request.1',
    ],
    passedOver: {},
    files: ['deploy/limits.yaml'],
  },
  'devops-pipeline: no service is affected, a person rejects the plan once': {
    workflow: 'devops-pipeline',
    calls: {
      'triage.1': reporting({ operationsArea: 'deployment', infrastructureAffectsServices: false }),
      'implementation.1': BUILT,
      'review.1': approving,
      'deployment-plan.1': work('All at once.'),
      'implementation.2': MENDED,
      'review.2': approving,
      'deployment-plan.2': work('One after the other.'),
    },
    people: [
      { at: 'deployment-approval', words: '/baton reject One after the other, please.' },
      { at: 'deployment-approval', attempt: 2, words: YES },
    ],
    performed: [
      'triage.1 implementation.1 gates.1 review.1 deployment-plan.1 deployment-approval.1',
      'implementation.2 gates.2 review.2 deployment-plan.2 deployment-approval.2',
      'pull-request.1',
    ],
    passedOver: { 'architecture-review': 'infrastructureAffectsServices is false' },
    files: [SUM],
  },
  'database-change: a person rejects the design once, both reviewers look at the same time': {
    workflow: 'database-change',
    calls: {
      'design.1': reporting({ breaking: false }, 'One step.'),
      'design.2': reporting({ breaking: false }, 'Expand, fill, contract.'),
      'implementation.1': writing('migrations/3.sql', 'alter table sums add column at timestamptz;\n'),
      'data-review.1': holding(approving),
      'code-review.1': holding(approving),
    },
    people: [
      { at: 'design-approval', words: '/baton reject The old version must go on working.' },
      { at: 'design-approval', attempt: 2, words: YES },
    ],
    performed: [
      'design.1 design-approval.1 design.2 design-approval.2',
      'implementation.1 gates.1 review.1 pull-request.1',
    ],
    passedOver: { 'breaking-approval': 'breaking is false' },
    files: ['migrations/3.sql'],
  },
  'database-change: callers break, the review of the data rejects once': {
    workflow: 'database-change',
    calls: {
      'design.1': reporting({ breaking: true }),
      'implementation.1': BUILT,
      'data-review.1': WRONG,
      'code-review.1': approving,
      'implementation.2': MENDED,
      'data-review.2': approving,
      'code-review.2': approving,
    },
    people: [{ at: 'breaking-approval', words: YES }],
    performed: [
      'design.1 breaking-approval.1 implementation.1 gates.1 review.1',
      'implementation.2 gates.2 review.2 pull-request.1',
    ],
    passedOver: { 'design-approval': 'breaking is true' },
    files: [SUM],
  },
  'database-performance: no clear cause, another index, no figures': {
    workflow: 'database-performance',
    calls: {
      'investigation.1': reporting({ rootCauseFound: false, dataModelChanges: true }),
      'architecture-review.1': work('Take the index.'),
      'optimisation.1': writing('migrations/2.sql', 'create index sums_at on sums (at);\n'),
      'code-review.1': holding(approving),
      'service-review.1': holding(approving),
      'validation.1': reporting({ targetMet: false }),
    },
    people: [
      { at: 'unclear-cause', words: YES },
      { at: 'missed-target', words: YES },
    ],
    performed: [
      'investigation.1 unclear-cause.1 architecture-review.1 optimisation.1 gates.1',
      'review.1 validation.1 missed-target.1 pull-request.1',
    ],
    passedOver: {},
    files: ['migrations/2.sql'],
  },
  'database-performance: clear, no schema change, one of two reviewers rejects once': {
    workflow: 'database-performance',
    calls: {
      'investigation.1': reporting({ rootCauseFound: true, dataModelChanges: false }),
      'optimisation.1': BUILT,
      'code-review.1': approving,
      'service-review.1': WRONG,
      'optimisation.2': MENDED,
      'code-review.2': approving,
      'service-review.2': approving,
      'validation.1': reporting({ targetMet: true }, '40 000 rows: 900 ms before, 12 ms after.'),
    },
    performed: [
      'investigation.1 optimisation.1 gates.1 review.1',
      'optimisation.2 gates.2 review.2 validation.1 pull-request.1',
    ],
    passedOver: {
      'unclear-cause': 'rootCauseFound is true',
      'architecture-review': 'dataModelChanges is false',
      'missed-target': 'targetMet is true',
    },
    files: [SUM],
  },
  'error-investigation: the database, the review rejects once': {
    workflow: 'error-investigation',
    calls: {
      'query-analysis.1': holding(work('A lock is waited for.')),
      'log-analysis.1': holding(reporting({ errorArea: 'database' })),
      'database-analysis.1': reporting({ rootCauseFound: true }),
      'fix.1': BUILT,
      'review.1': WRONG,
      'fix.2': MENDED,
      'review.2': approving,
      'monitoring.1': work('Count the waits.'),
    },
    performed: [
      'detection.1 database-analysis.1 fix.1 gates.1 review.1',
      'fix.2 gates.2 review.2 monitoring.1 pull-request.1',
    ],
    passedOver: {
      'backend-analysis': 'errorArea is database, not backend',
      'unclear-cause': 'rootCauseFound is true',
    },
    files: [SUM],
  },
  'error-investigation: the backend, unclear until a person has it looked at again': {
    workflow: 'error-investigation',
    calls: {
      'query-analysis.1': work('Nothing in the database.'),
      'log-analysis.1': reporting({ errorArea: 'backend' }),
      'backend-analysis.1': reporting({ rootCauseFound: false }),
      'query-analysis.2': work('Still nothing in the database.'),
      'log-analysis.2': reporting({ errorArea: 'backend' }),
      'backend-analysis.2': reporting({ rootCauseFound: false }),
      'fix.1': BUILT,
      'review.1': approving,
      'monitoring.1': work('Count the errors.'),
    },
    people: [
      { at: 'unclear-cause', words: '/baton reject Look at the time-outs.' },
      { at: 'unclear-cause', attempt: 2, words: YES },
    ],
    performed: [
      'detection.1 backend-analysis.1 unclear-cause.1',
      'detection.2 backend-analysis.2 unclear-cause.2',
      'fix.1 gates.1 review.1 monitoring.1 pull-request.1',
    ],
    passedOver: { 'database-analysis': 'errorArea is backend, not database' },
    files: [SUM],
  },
  'security-fix: unknown, breaks callers, a scanner learns of it, the review rejects once': {
    workflow: 'security-fix',
    calls: {
      'assessment.1': reporting({ unknownVulnerability: true }),
      'research.1': work('Version 2 mends it.'),
      'architecture.1': reporting({ breaking: true, scanningChanges: true }),
      'scanning.1': writing('security/rules.yaml', 'rules: [sum]\n'),
      'implementation.1': BUILT,
      'review.1': WRONG,
      'implementation.2': MENDED,
      'review.2': approving,
      'validation.1': work('The attack is refused.'),
    },
    people: [{ at: 'breaking-approval', words: YES }],
    performed: [
      'assessment.1 research.1 architecture.1 breaking-approval.1 scanning.1',
      'implementation.1 gates.1 review.1 implementation.2 gates.2 review.2',
      'validation.1 pull-request.1',
    ],
    passedOver: {},
    files: ['security/rules.yaml', SUM],
  },
  'security-fix: known and quiet': {
    workflow: 'security-fix',
    calls: {
      'assessment.1': reporting({ unknownVulnerability: false }),
      'architecture.1': reporting({ breaking: false, scanningChanges: false }),
      'implementation.1': BUILT,
      'review.1': approving,
      'validation.1': work('The attack is refused.'),
    },
    performed: [
      'assessment.1 architecture.1 implementation.1 gates.1 review.1',
      'validation.1 pull-request.1',
    ],
    passedOver: {
      research: 'unknownVulnerability is false',
      'breaking-approval': 'breaking is false',
      scanning: 'scanningChanges is false',
    },
    files: [SUM],
  },
};
