import { defineCommand } from '../domain/command.ts';

export const command = defineCommand({
  name: 'explain',
  summary: 'Says why the run waits, goes back or failed, and what was tried.',
  usage: '/baton explain',
  examples: ['/baton explain'],
  requires: 'triage',
  parse(text) {
    return text === ''
      ? { ask: { kind: 'explain' } }
      : { problem: 'nothing goes after `explain`; write `/baton explain`' };
  },
});
