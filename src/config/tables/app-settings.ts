import { z } from 'zod';
import { apiUrlSchema } from '../api-url.ts';
import { privateKeyFileSchema, privateKeySchema } from '../private-key.ts';
import { toSecret } from '../secret.ts';
import { defineSetting } from '../setting.ts';

const KEY_REMEDY =
  "Download a private key on the App's settings page and set PRIVATE_KEY_PATH to the file (mode 600), or " +
  'PRIVATE_KEY to its contents.';

const webhookSecretSchema = z
  .string()
  .min(8, 'is shorter than 8 characters')
  .refine((text) => text === text.trim(), 'begins or ends with white space')
  .refine(
    (text) => text !== 'development',
    'is the well-known default "development", with which anyone can sign',
  )
  .transform(toSecret);

/** Who Baton is on GitHub. */
export const appSettings = {
  APP_ID: defineSetting({
    description: 'Number of the GitHub App.',
    schema: z
      .string()
      .regex(/^[1-9]\d{0,14}$/, 'must be the number of the App')
      .transform(Number),
    remedy: 'It is called "App ID" at the top of the App\'s settings page.',
  }),
  PRIVATE_KEY: defineSetting({
    description: 'Private key of the App: the PEM text, also with `\\n` for line ends, or its base64.',
    schema: privateKeySchema.optional(),
    remedy: KEY_REMEDY,
    secret: true,
  }),
  PRIVATE_KEY_PATH: defineSetting({
    description:
      'File with the private key of the App, in place of `PRIVATE_KEY`. Only its owner may read it.',
    schema: privateKeyFileSchema.optional(),
    remedy: KEY_REMEDY,
  }),
  WEBHOOK_SECRET: defineSetting({
    description: 'Secret with which GitHub signs its webhooks. There is no default.',
    schema: webhookSecretSchema,
    remedy:
      "Make one with `openssl rand -hex 32`, and enter the same text as webhook secret on the App's settings page.",
    secret: true,
  }),
  GITHUB_API_URL: defineSetting({
    description: 'Where the REST API of GitHub is. For GitHub Enterprise Server: `https://HOST/api/v3`.',
    schema: apiUrlSchema,
    default: 'https://api.github.com',
    remedy: 'Leave it out for github.com; write https://HOST/api/v3 for a server of your own.',
  }),
};
