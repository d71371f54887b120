import {
  GraphqlError,
  MUTATIONS,
  type MutationInput,
  type MutationName,
  mutationInput,
} from '../operations/pull-mutations.ts';

export type Mutation = { readonly name: MutationName; readonly alias: string; readonly input: MutationInput };

const FIELD = /(?:(\w+)\s*:\s*)?\b(\w+)\s*\(\s*input\s*:\s*(\$\w+|\{[^{}]*\})/;
const MEMBER = /(\w+)\s*:\s*(?:\$(\w+)|"((?:[^"\\]|\\.)*)"|(\w+))/g;
const MAX_QUERY = 20_000;

/**
 * Reads the one mutation of a document, with its input inline, as members or as a variable. This is no GraphQL
 * server: other queries are refused by name.
 * @throws GraphqlError for anything that is not one of the mutations the simulator knows.
 */
export function readMutation(query: string, variables: Readonly<Record<string, unknown>>): Mutation {
  const [, alias, name = '', input = ''] = FIELD.exec(query.slice(0, MAX_QUERY)) ?? [];
  if (!isKnown(name)) {
    const known = Object.keys(MUTATIONS).join(', ');
    throw new GraphqlError('undefinedField', `The simulator answers only these mutations: ${known}.`);
  }
  const given = input.startsWith('$') ? variables[input.slice(1)] : readMembers(input, variables);
  const parsed = mutationInput.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new GraphqlError(
      'argumentNotAccepted',
      `The input of ${name} is not accepted: ${faults.join('; ')}`,
    );
  }
  return { name, alias: alias ?? name, input: parsed.data };
}

function isKnown(name: string): name is MutationName {
  return Object.hasOwn(MUTATIONS, name);
}

function readMembers(input: string, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const members = [...input.matchAll(MEMBER)].map(([, key = '', variable, text, word]) => [
    key,
    variable === undefined ? (text ?? word) : variables[variable],
  ]);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined && value !== null));
}
