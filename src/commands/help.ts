import { z } from 'zod';
import { defineCommand, toProblem } from '../domain/command.ts';

const topicSchema = z
  .string()
  .toLowerCase()
  .regex(/^[a-z][a-z-]{0,31}$/, 'name one command after `help`, such as `/baton help approve`');

export const command = defineCommand({
  name: 'help',
  summary: 'Lists the commands, or explains one.',
  usage: '/baton help [command]',
  examples: ['/baton help', '/baton help approve'],
  requires: 'triage',
  parse(text) {
    if (text === '') {
      return { ask: { kind: 'help', topic: null } };
    }
    const topic = topicSchema.safeParse(text);
    return topic.success ? { ask: { kind: 'help', topic: topic.data } } : { problem: toProblem(topic.error) };
  },
});
