import { isLeaseLost } from '../ports/lease.ts';
import { mayPass, troubleOf } from './octokit/trouble-of.ts';

/** Whether something failed because GitHub is away, or wants to be left alone, and by no fault that somebody has to mend. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error) || isLeaseLost(error)) {
    return false;
  }
  if (error.name === 'TimeoutError') {
    return true;
  }
  // Octokit tells of each request that was sent in an error of this name.
  return error.name === 'HttpError' ? mayPass(troubleOf(error)) : isOutage(error.cause);
}
