import type { z } from 'zod';
import type { Ask } from './intent.ts';
import type { Permission } from './permission.ts';

/** What the words after a command's name turned into, or how they were wrong. */
export type Parsed = { readonly ask: Ask } | { readonly problem: string };

/** A slash command. The value that is enforced is the value that help and the reference page are made from. */
export interface Command<Name extends string = string> {
  /** Equals the file name. */
  readonly name: Name;
  /** One line for `/baton help`. */
  readonly summary: string;
  /** Such as `/baton retry [guidance]`. */
  readonly usage: string;
  /** Each must parse; the contract suite tries them. */
  readonly examples: readonly string[];
  /** Live repository permission the sender needs. */
  readonly requires: Permission;
  /** Turns the text after the command's name (one line, trimmed) into what is asked. */
  parse(text: string): Parsed;
}

/** Declares a slash command. */
export function defineCommand<const Name extends string>(command: Command<Name>): Command<Name> {
  return command;
}

/** A zod schema's first complaint, as the answer to a bad command. */
export function toProblem(error: z.ZodError): string {
  return error.issues[0]?.message ?? 'the command could not be read';
}
