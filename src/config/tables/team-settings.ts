import { z } from 'zod';
import { defineSetting } from '../setting.ts';

function count(most: number) {
  return z
    .string()
    .regex(/^\d{1,6}$/, `must be a number from 0 to ${most}`)
    .transform(Number)
    .refine((number) => number <= most, `must be a number from 0 to ${most}`);
}

function positive(most: number) {
  return count(most).refine((number) => number > 0, 'must be more than 0');
}

/** The standing team, as far as it is the operator's. */
export const teamSettings = {
  BATON_TEAM_HEALTH_SECONDS: defineSetting({
    description:
      'How often agents are looked at: whether they live, what they use, when they were last heard of.',
    schema: positive(3600),
    default: '30',
    remedy: 'Leave it out for 30.',
  }),
  BATON_TEAM_SILENCE_SECONDS: defineSetting({
    description:
      'How long an agent may be silent before that is warned of. One that waits neither for its model nor for a tool is ended then, as if it had crashed.',
    schema: positive(86_400),
    default: '300',
    remedy: 'Leave it out for 300.',
  }),
  BATON_TEAM_MAX_RESTARTS: defineSetting({
    description:
      'How often a member of a team, or an agent of a run, that crashes is started again before it is given up.',
    schema: count(20),
    default: '3',
    remedy: 'Leave it out for 3.',
  }),
  BATON_TEAM_BACKOFF_SECONDS: defineSetting({
    description: 'How long is waited before the first restart; each further one waits twice as long.',
    schema: count(3600),
    default: '60',
    remedy: 'Leave it out for 60.',
  }),
  BATON_TEAM_MAX_QUEUE: defineSetting({
    description: 'Most messages between members of one repository that may wait at a time.',
    schema: positive(100_000),
    default: '1000',
    remedy: 'Leave it out for 1000.',
  }),
  BATON_TEAM_CLEANUP_HOURS: defineSetting({
    description:
      'How often messages that ended a week ago are deleted, and those that waited a week for nobody failed.',
    schema: positive(720),
    default: '24',
    remedy: 'Leave it out for 24.',
  }),
};
