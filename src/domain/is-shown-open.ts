import type { Step } from './workflow.ts';

/** Whether what a step hands over stands open in the pull request, as what somebody has to act on. */
export function isShownOpen({ with: options }: Step): boolean {
  return options['show'] === 'open';
}
