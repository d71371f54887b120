import { Cron } from 'croner';

/** What is wrong with a cron expression of five fields, in words; null when nothing is. */
export function toCronFault(expression: string): string | null {
  if (expression.trim().split(/\s+/).length !== 5) {
    return 'a cron expression has five fields: minute, hour, day, month, weekday';
  }
  try {
    toCron(expression);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The newest time before `now` that fits the expression, in milliseconds; null when there is none. In UTC. */
export function latestFitting(expression: string, now: string): number | null {
  return toCron(expression).previousRuns(1, now)[0]?.getTime() ?? null;
}

function toCron(expression: string): Cron {
  return new Cron(expression, { timezone: 'UTC', paused: true, mode: '5-part' });
}
