import { REPO } from '../support/open-playground.ts';
import type { ConformanceCall } from './conformance-call.ts';

/** Labels of a repository. */
export const LABEL_CALLS: readonly ConformanceCall[] = [
  {
    name: 'issues.createLabel',
    status: 201,
    expected: { name: 'agent:go', color: 'ff0000', description: 'x' },
    call: ({ installation }) =>
      installation.rest.issues.createLabel({ ...REPO, name: 'agent:go', color: 'ff0000', description: 'x' }),
  },
  {
    name: 'issues.createLabel twice',
    status: 422,
    call: ({ installation }) => installation.rest.issues.createLabel({ ...REPO, name: 'Agent:Go' }),
  },
  {
    name: 'issues.getLabel',
    status: 200,
    expected: { name: 'agent:go' },
    call: ({ installation }) => installation.rest.issues.getLabel({ ...REPO, name: 'agent:go' }),
  },
  {
    name: 'issues.updateLabel',
    status: 200,
    expected: { name: 'agent:start', color: '00ff00' },
    call: ({ installation }) =>
      installation.rest.issues.updateLabel({
        ...REPO,
        name: 'agent:go',
        new_name: 'agent:start',
        color: '00ff00',
      }),
  },
  {
    name: 'issues.deleteLabel',
    status: 204,
    call: ({ installation }) => installation.rest.issues.deleteLabel({ ...REPO, name: 'wontfix' }),
  },
  {
    name: 'issues.listLabelsForRepo',
    status: 200,
    expected: { length: 9 },
    call: ({ installation }) => installation.rest.issues.listLabelsForRepo(REPO),
  },
];
