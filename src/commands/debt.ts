import { defineCommand } from '../domain/command.ts';

export const command = defineCommand({
  name: 'debt',
  summary: 'Lists the work that the run has put off, with its issues.',
  usage: '/baton debt',
  examples: ['/baton debt'],
  requires: 'triage',
  parse(text) {
    return text === ''
      ? { ask: { kind: 'debt' } }
      : { problem: 'nothing goes after `debt`; write `/baton debt`' };
  },
});
