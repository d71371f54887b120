import { join } from 'node:path';

const EXAMPLES = join(import.meta.dirname, '../../examples');

/** What the demo plays: an issue, the label that is put on it, and what the agents have answered. */
export interface Play {
  readonly issueFile: string;
  readonly label: string;
  /** Directory with the recorded answers. */
  readonly recording: string;
}

export const PLAYS = {
  feature: {
    issueFile: join(EXAMPLES, 'demo/issue.md'),
    label: 'baton',
    recording: join(EXAMPLES, 'demo/recording'),
  },
  delivery: {
    issueFile: join(EXAMPLES, 'deliveries/orders-api/issue.md'),
    label: 'baton:delivery',
    recording: join(EXAMPLES, 'deliveries/orders-api/recording'),
  },
} as const satisfies Record<string, Play>;
