import { z } from 'zod';
import { amountOf } from '../domain/amount-of.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { NOT_PRODUCTION } from './parts/not-production.ts';
import { isSecretName, readsOf } from './raw-secrets/environment-reads.ts';
import { readChangedSources } from './source/changed-sources.ts';

const MAX_FINDINGS = 50;

/** By this, `allow` may name variables that are only known when the code runs. */
const COMPUTED = '*';

const options = z.strictObject({
  environment: z
    .enum(['forbid', 'allow'])
    .default('forbid')
    .describe('Whether secrets may come from environment variables, by the policy of the repository.'),
  store: z
    .string()
    .min(1)
    .max(100)
    .default('the secret store of the project')
    .describe('Where they come from instead, in words.'),
  allow: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Names of variables that look like secrets and are none; `*` for those whose names are computed.',
    ),
  exclude: z
    .array(z.string().min(1))
    .default(NOT_PRODUCTION)
    .describe('Globs of files that never run for a customer.'),
});

/** Sees to it that secrets come from where they can be changed and where it is written down who has read them. */
export const gate = defineGate({
  name: 'raw-secrets',
  summary:
    'Fails added JavaScript, TypeScript and Python that reads a secret from an environment variable, where the policy of the repository forbids it. Variables are told by their names.',
  options,
  async judge(evidence, { environment, store, allow, exclude }) {
    const { sources, unread } = await readChangedSources(evidence, exclude);
    if (environment === 'allow') {
      return {
        kind: 'skip',
        summary: 'This repository lets secrets come from the environment (`delivery.environmentSecrets`).',
      };
    }
    const findings = sources.flatMap(({ path, facts, isAdded }) =>
      readsOf(facts)
        .filter((read) => isAdded(read) && (read.text === null || isSecretName(read.text)))
        .filter(({ text }) => !allow.includes(text ?? COMPUTED))
        .map(
          ({ text, line }): Finding => ({ path, line, message: toMessage(text, store), severity: 'error' }),
        ),
    );
    const all = [...unread, ...findings];
    return all.length === 0
      ? {
          kind: 'pass',
          summary: `No secret is read from the environment in ${amountOf(sources.length, 'changed file')}. What reads all variables at once, such as a settings class, cannot be seen.`,
        }
      : {
          kind: 'fail',
          summary: `${all.length} place(s) take a secret from the environment.`,
          findings: all.slice(0, MAX_FINDINGS),
        };
  },
});

function toMessage(variable: string | null, store: string): string {
  return variable === null
    ? `A variable of the environment is read whose name is only known when the code runs, so it may be a secret. Write its name out, and take secrets from ${store}.`
    : `${variable} is a secret, and is read from the environment. Take it from ${store}.`;
}
