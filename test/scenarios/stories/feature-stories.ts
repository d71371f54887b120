import { replacing } from '../../support/patches.ts';
import { holding } from '../../support/recordings.ts';
import { approving, reporting, work } from '../agents.ts';
import { BUILT, MENDED, SUM, WRONG, writing, YES } from './parts.ts';
import type { Story } from './play-story.ts';

const NOTES = 'docs/context/add-up.md';

/** What the workflows that build something new do, by what is special about the run. */
export const FEATURES: Readonly<Record<string, Story>> = {
  'backend-feature: complex, stored data changes, the review rejects once': {
    workflow: 'backend-feature',
    calls: {
      'triage.1': reporting({ complexFeature: true }),
      'architecture.1': reporting({ dataModelChanges: true }),
      'database-design.1': work('One column.'),
      'implementation.1': BUILT,
      'context.1': writing(NOTES, 'Now: the sum is 2.\n'),
      'review.1': WRONG,
      'implementation.2': MENDED,
      'context.2': work(
        'Brought up to date.',
        replacing(NOTES, 'Now: the sum is 2.\n', 'Now: the sum is 3.\n'),
      ),
      'review.2': approving,
    },
    people: [{ at: 'design-approval', words: YES }],
    performed: [
      'triage.1 architecture.1 database-design.1 design-approval.1',
      'implementation.1 context.1 gates.1 review.1',
      'implementation.2 context.2 gates.2 review.2 pull-request.1',
    ],
    passedOver: {},
    files: [NOTES, SUM],
  },
  'backend-feature: small': {
    workflow: 'backend-feature',
    calls: {
      'triage.1': reporting({ complexFeature: false }),
      'architecture.1': reporting({ dataModelChanges: false }),
      'implementation.1': BUILT,
      'review.1': approving,
    },
    people: [{ at: 'design-approval', words: YES }],
    performed: [
      'triage.1 architecture.1 design-approval.1',
      'implementation.1 gates.1 review.1 pull-request.1',
    ],
    passedOver: {
      'database-design': 'dataModelChanges is false',
      context: 'complexFeature is false',
    },
    files: [SUM],
  },
  'integration-setup: a server and code, breaks callers': {
    workflow: 'integration-setup',
    calls: {
      'research.1': work('It signs in with a key.'),
      'architecture.1': reporting({ mcpNeeded: true, serviceCodeNeeded: true, breaking: true }),
      'mcp-creation.1': writing('mcp/server.ts', 'export const tools = 1;\n'),
      'implementation.1': BUILT,
      'review.1': approving,
    },
    people: [{ at: 'breaking-approval', words: YES }],
    performed: [
      'research.1 architecture.1 breaking-approval.1 mcp-creation.1 implementation.1',
      'gates.1 review.1 pull-request.1',
    ],
    passedOver: {},
    files: ['mcp/server.ts', SUM],
  },
  'integration-setup: no server, the review rejects once': {
    workflow: 'integration-setup',
    calls: {
      'research.1': work('It signs in with a key.'),
      'architecture.1': reporting({ mcpNeeded: false, serviceCodeNeeded: true, breaking: false }),
      'implementation.1': BUILT,
      'review.1': WRONG,
      'implementation.2': MENDED,
      'review.2': approving,
    },
    performed: [
      'research.1 architecture.1 implementation.1 gates.1 review.1',
      'implementation.2 gates.2 review.2 pull-request.1',
    ],
    passedOver: {
      'breaking-approval': 'breaking is false',
      'mcp-creation': 'mcpNeeded is false',
    },
    files: [SUM],
  },
  'integration-setup: only a server, the review rejects once and the implementer mends it': {
    workflow: 'integration-setup',
    calls: {
      'research.1': work('It signs in with a key.'),
      'architecture.1': reporting({ mcpNeeded: true, serviceCodeNeeded: false, breaking: false }),
      'mcp-creation.1': BUILT,
      'review.1': WRONG,
      'implementation.2': MENDED,
      'review.2': approving,
    },
    performed: [
      'research.1 architecture.1 mcp-creation.1 gates.1 review.1',
      'implementation.2 gates.2 review.2 pull-request.1',
    ],
    passedOver: { 'breaking-approval': 'breaking is false' },
    files: [SUM],
  },
  'research: breaks callers': {
    workflow: 'research',
    calls: {
      'research.1': holding(work('The sum is 2.')),
      'first-design.1': holding(work('One file, if the sum is 2.')),
      'design.1': reporting({ breaking: true }),
      'implementation.1': BUILT,
      'review.1': approving,
    },
    people: [{ at: 'breaking-approval', words: YES }],
    performed: [
      'exploration.1 design.1 breaking-approval.1',
      'implementation.1 gates.1 review.1 pull-request.1',
    ],
    passedOver: {},
    files: [SUM],
  },
  'research: breaks nobody, the review rejects once': {
    workflow: 'research',
    calls: {
      'research.1': work('The sum is 2.'),
      'first-design.1': work('One file, if the sum is 2.'),
      'design.1': reporting({ breaking: false }),
      'implementation.1': BUILT,
      'review.1': WRONG,
      'implementation.2': MENDED,
      'review.2': approving,
    },
    performed: [
      'exploration.1 design.1 implementation.1 gates.1 review.1',
      'implementation.2 gates.2 review.2 pull-request.1',
    ],
    passedOver: { 'breaking-approval': 'breaking is false' },
    files: [SUM],
  },
};
