import { z } from 'zod';

const packages = z.array(z.string().min(1).max(200)).max(50).default([]);

/** What a repository is built with, and by its own rules must stay built with. */
export const stackRulesSchema = z.strictObject({
  languages: z
    .partialRecord(
      z.enum(['python', 'node', 'go']),
      z.string().regex(/^\d{1,4}(?:\.\d{1,4}){0,2}$/, 'a version such as `3.11`, in quotes'),
    )
    .default({})
    .describe(
      'Version of each language, such as `python: "3.11"`. What the repository declares must begin so.',
    ),
  frameworks: packages.describe('Packages that a manifest must ask for, such as `fastapi`.'),
  forbidden: packages.describe('Packages that no manifest may ask for.'),
  secretStore: z
    .enum(['azure-key-vault', 'aws-secrets-manager', 'google-secret-manager', 'hashicorp-vault'])
    .optional()
    .describe('Where secrets come from: a manifest must ask for one of its packages.'),
});
export type StackRules = z.infer<typeof stackRulesSchema>;
