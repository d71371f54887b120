import { defineCommand } from '../domain/command.ts';

export const command = defineCommand({
  name: 'status',
  summary: 'Says what the run is doing and what it waits for.',
  usage: '/baton status',
  examples: ['/baton status'],
  requires: 'triage',
  parse(text) {
    return text === ''
      ? { ask: { kind: 'status' } }
      : { problem: 'nothing goes after `status`; write `/baton status`' };
  },
});
