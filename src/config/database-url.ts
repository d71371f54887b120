import { z } from 'zod';
import { toSecret } from './secret.ts';

const SCHEMES = new Set(['postgres:', 'postgresql:']);

/** A PostgreSQL URL, kept secret because it usually holds a password. */
export const databaseUrlSchema = z
  .string()
  .refine(
    (text) => SCHEMES.has(URL.parse(text)?.protocol ?? ''),
    'must be a URL that begins with postgres:// or postgresql://',
  )
  .transform(toSecret);
