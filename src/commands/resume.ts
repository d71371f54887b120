import { defineCommand } from '../domain/command.ts';

export const command = defineCommand({
  name: 'resume',
  summary: 'Lets a paused run go on; the interrupted step is done again from its start.',
  usage: '/baton resume',
  examples: ['/baton resume'],
  requires: 'write',
  parse(text) {
    return text === ''
      ? { ask: { kind: 'resume' } }
      : { problem: 'nothing goes after `resume`; write `/baton resume`' };
  },
});
