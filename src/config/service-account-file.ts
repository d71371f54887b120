import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { apiUrlSchema } from './api-url.ts';
import { findFileProblem } from './private-file.ts';
import { toSecret } from './secret.ts';
import type { ServiceAccount } from './settings.ts';

const fileSchema = z.object({
  type: z.literal('service_account', 'is not the key of a service account'),
  project_id: z.string().min(1),
  private_key_id: z.string().min(1),
  private_key: z.string().refine(isRsaKey, 'has no readable RSA key'),
  client_email: z.string().min(1),
  token_uri: apiUrlSchema,
});

/** The key file of a service account, which nobody but its owner can read. */
export const serviceAccountFileSchema = z.string().transform((path, context): ServiceAccount => {
  const problem = findFileProblem(path);
  const read = problem === null ? fileSchema.safeParse(readJson(path)) : null;
  if (read?.success !== true) {
    const [issue] = read?.error.issues ?? [];
    const inFile = `names a file in which ${issue?.path.join('.') || 'the whole'} is wrong: ${issue?.message}`;
    context.addIssue({ code: 'custom', message: problem ?? inFile });
    return z.NEVER;
  }
  const { data } = read;
  return {
    email: data.client_email,
    keyId: data.private_key_id,
    privateKey: toSecret(data.private_key),
    project: data.project_id,
    tokenUrl: data.token_uri,
  };
});

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // What the parser says could quote the key.
    return null;
  }
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
