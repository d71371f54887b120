import { z } from 'zod';
import { databaseUrlSchema } from '../database-url.ts';
import { homeSchema } from '../home.ts';
import { oneOf } from '../one-of.ts';
import { defineSetting } from '../setting.ts';

const upToAnHourSchema = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a number from 0 to 3600')
  .transform(Number)
  .refine((seconds) => seconds <= 3600, 'must be a number from 0 to 3600');

/** Where Baton listens, writes and logs, and how long it waits for itself. */
export const serverSettings = {
  HOST: defineSetting({
    description: 'Address to listen on. The default is for a reverse proxy on the same machine.',
    schema: z.string().regex(/^[\w.:-]+$/, 'must be an IP address or a host name'),
    default: '127.0.0.1',
    remedy: 'Use 0.0.0.0 to listen on all IPv4 addresses, as inside a container.',
  }),
  PORT: defineSetting({
    description: 'Port to listen on; 0 takes a free one.',
    schema: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a number from 0 to 65535'),
    default: '3000',
    remedy: 'Leave it out for 3000.',
  }),
  WEBHOOK_PATH: defineSetting({
    description: "Path of the App's webhook URL.",
    schema: z.string().regex(/^\/[\w./~-]*$/, 'must be a path that begins with / and has no query'),
    default: '/api/github/webhooks',
    remedy: "Take the path from the webhook URL on the App's settings page.",
  }),
  DATABASE_URL: defineSetting({
    description:
      'PostgreSQL server that holds all state. Several replicas may share it. Without it, Baton runs a PostgreSQL ' +
      'of its own under `BATON_HOME`. A pooler in between must keep sessions: not PgBouncer in transaction mode.',
    schema: databaseUrlSchema.optional(),
    remedy: 'Write it as postgres://USER:PASSWORD@HOST:5432/DATABASE, or leave it out.',
    secret: true,
  }),
  BATON_HOME: defineSetting({
    description: 'Directory for everything Baton keeps on disk. Only its owner can read it.',
    schema: homeSchema,
    default: '~/.baton',
    remedy: 'Give an absolute path, or one that begins with ~/.',
  }),
  BATON_STOP_SECONDS: defineSetting({
    description:
      'How long steps under way may go on when the server is told to end (`SIGTERM`). What is left then is cut short, and ' +
      'done again at the next start. The whole stop takes at most 25 seconds more; what runs the server must wait that ' +
      'long before it kills it.',
    schema: upToAnHourSchema,
    default: '10',
    remedy: 'Leave it out for 10.',
  }),
  BATON_BEGIN_SECONDS: defineSetting({
    description:
      'How long a run may take to begin, while its repository is fetched, before its issue is told that it is queued.',
    schema: upToAnHourSchema,
    default: '2',
    remedy: 'Leave it out for 2.',
  }),
  LOG_LEVEL: defineSetting({
    description: 'The least important messages that are logged.',
    schema: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    default: 'info',
    remedy: 'Leave it out for info.',
  }),
  LOG_FORMAT: defineSetting({
    description: '`pretty` for people, `json` for a log collector (one object per line).',
    schema: oneOf(['pretty', 'json']),
    default: 'pretty',
    remedy: 'Leave it out for pretty.',
  }),
};
