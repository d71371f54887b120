import { z } from 'zod';
import { criterionSchema } from './criterion.ts';

/** One stage of a spec: done when its modules are built, merged, and everything it promises holds. */
export const phaseSchema = z.object({
  /** Its number, or the numbers it stands for, as in `Phase 2-4`. */
  numbers: z.array(z.int().nonnegative()).min(1),
  name: z.string(),
  /** Line of its heading, from 1. */
  line: z.int().positive(),
  /** Its part of the document as it was written, heading included. */
  section: z.string(),
  tasks: z.array(z.string()),
  /** Parts that are built at the same time, in the order in which they are merged. */
  modules: z.array(z.string()).min(1),
  /** A shell script that says by its exit code whether the merged phase works. */
  testCommand: z.string(),
  criteria: z.array(criterionSchema).min(1),
  gotchas: z.array(z.string()),
  /** Files that must be there afterwards. */
  files: z.array(z.string()),
  /** Numbers of the phases that must be done before. */
  dependsOn: z.array(z.int().nonnegative()),
  /** Whether unfinished places may be left, because a later phase finishes them. */
  placeholders: z.enum(['none', 'allowed']),
});
export type Phase = z.infer<typeof phaseSchema>;

/** What is wrong with a spec, where, and what would mend it. */
export interface SpecFault {
  /** From 1. */
  readonly line: number;
  readonly what: string;
  readonly remedy: string;
}

/** Told of each fault, so that all of them are found at once. */
export type ReportFault = (fault: SpecFault) => void;

/** A spec that can be carried out, or all that is wrong with it. `phases` are in the order in which they are done. */
export type SpecReading =
  | { readonly kind: 'read'; readonly phases: readonly Phase[] }
  | { readonly kind: 'faulty'; readonly faults: readonly SpecFault[] };

/** How a phase is called wherever people read of it. */
export function phaseTitle({ numbers, name }: Pick<Phase, 'numbers' | 'name'>): string {
  const [first, ...rest] = numbers;
  return `Phase ${first}${rest.length === 0 ? '' : `-${rest.at(-1)}`}: ${name}`;
}
