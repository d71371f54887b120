import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { findFileProblem } from './private-file.ts';
import type { Secret } from './secret.ts';
import { toSecret } from './secret.ts';

/** The App's key as PEM, from any of the forms that Probot takes. It is tried here, not at the first request. */
export const privateKeySchema = z.string().transform((text, context) => {
  const pem = toPem(text);
  const problem = findProblem(pem);
  if (problem !== null) {
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  }
  return toSecret(pem);
});

/** The same from a file that nobody but its owner can read. */
export const privateKeyFileSchema = z.string().transform((path, context): Secret => {
  const problem = findFileProblem(path);
  const key = problem === null ? privateKeySchema.safeParse(readFileSync(path, 'utf8')) : null;
  if (key?.success !== true) {
    const inFile = key?.error.issues[0]?.message;
    context.addIssue({ code: 'custom', message: problem ?? `names a file that ${inFile}` });
    return z.NEVER;
  }
  return key.data;
});

/** Base64 around the whole text, `\n` for line ends, or blanks for line ends are undone. */
function toPem(text: string): string {
  const decoded = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
  const lines = decoded.replaceAll('\\n', '\n').replaceAll('\r\n', '\n').trim();
  const [, label, body] = /^-----BEGIN ([A-Z ]+)-----\s([^-]+)\s-----END \1-----$/.exec(lines) ?? [];
  return body === undefined
    ? `${lines}\n`
    : `-----BEGIN ${label}-----\n${body.trim().replaceAll(/\s+/g, '\n')}\n-----END ${label}-----\n`;
}

function findProblem(pem: string): string | null {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? null : `holds a key of type ${key.asymmetricKeyType}, not RSA`;
  } catch {
    // What OpenSSL says could quote the key.
    return 'holds no readable private key (PEM, or base64 of it)';
  }
}
