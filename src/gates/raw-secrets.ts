import { z } from 'zod';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { NOT_PRODUCTION } from './parts/not-production.ts';
import { isSecretName, readsOf } from './raw-secrets/environment-reads.ts';
import { readChangedSources } from './source/changed-sources.ts';

const MAX_FINDINGS = 50;

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
    .describe('Names of variables that look like secrets and are none.'),
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
        .filter((read) => isAdded(read) && isSecretName(read.text) && !allow.includes(read.text))
        .map(
          ({ text, line }): Finding => ({
            path,
            line,
            message: `${text} is a secret, and is read from the environment. Take it from ${store}.`,
            severity: 'error',
          }),
        ),
    );
    const all = [...unread, ...findings];
    return all.length === 0
      ? {
          kind: 'pass',
          summary: `No secret is read from the environment in ${sources.length} changed files. What reads all variables at once, such as a settings class, cannot be seen.`,
        }
      : {
          kind: 'fail',
          summary: `${all.length} place(s) take a secret from the environment.`,
          findings: all.slice(0, MAX_FINDINGS),
        };
  },
});
