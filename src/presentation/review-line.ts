import type { Sha } from '../domain/sha.ts';
import { fence } from './fence.ts';

/** The line that asks for a review of exactly this commit, to be copied. Indented, so that it is no command itself. */
export function reviewLine(workflow: string, head: Sha): string {
  return fence(`/baton run ${workflow} ${head}`, 200);
}
