import type { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { TaskTrees } from '../ports/task-trees.ts';
import type { Tasks } from '../ports/tasks.ts';

/** What tools work with. */
export interface Desk {
  readonly tasks: Tasks;
  readonly trees: TaskTrees;
  readonly clock: Clock;
}

/** What a tool answers: plain data under names that the asker knows. */
export type Answer = Readonly<Record<string, unknown>>;

/** A tool that an interactive agent calls. It keeps state and does git work; it decides nothing. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  /** Equals the file name; asked for with underscores in place of the hyphens. */
  readonly name: string;
  /** What the agent reads. */
  readonly summary: string;
  /** The fields that it answers with, for the reference page. */
  readonly answers: string;
  /** Whether it changes nothing, adds, or can take something away. */
  readonly effect: 'reads' | 'adds' | 'removes';
  readonly input: Input;
  /** The same input again gives the same answer and does nothing twice. @throws TaskRefusal */
  perform(input: z.output<Input>, desk: Desk): Promise<Answer>;
}

/** Declares a tool. */
export function defineTool<Input extends z.ZodObject>(tool: Tool<Input>): Tool<Input> {
  return tool;
}

/** The name that agents ask for. */
export function toToolName({ name }: Pick<Tool, 'name'>): string {
  return name.replaceAll('-', '_');
}
