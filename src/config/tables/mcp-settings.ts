import path from 'node:path';
import { z } from 'zod';
import { toSecret } from '../secret.ts';
import { defineSetting } from '../setting.ts';
import { splitList } from '../split-list.ts';

/** What interactive agents may reach over MCP, and how. */
export const mcpSettings = {
  BATON_MCP_PORT: defineSetting({
    description:
      'Port of the state machine for interactive agents, over MCP; 0 takes a free one. Without it nothing listens. ' +
      'See [the guide](../guides/mcp.md).',
    schema: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
      .optional(),
    remedy: 'Leave it out, or use a port of its own, such as 3100.',
  }),
  BATON_MCP_HOST: defineSetting({
    description: 'Address that `BATON_MCP_PORT` is opened on. It is spoken without encryption.',
    schema: z.string().regex(/^[\w.:-]+$/, 'must be an IP address or a host name'),
    default: '127.0.0.1',
    remedy: 'Leave it out, and let clients on other machines come through ssh or a proxy with TLS.',
  }),
  BATON_MCP_NAMES: defineSetting({
    description:
      'Host names, separated by commas, under which a proxy passes on requests for MCP. Requests for other names than ' +
      'these and localhost are refused.',
    schema: z
      .string()
      .transform(splitList)
      .pipe(z.array(z.string().regex(/^[\w.-]+$/, 'must be host names separated by commas, without ports')))
      .optional(),
    remedy: 'Write it as baton.example.com, or leave it out.',
  }),
  BATON_MCP_TOKEN: defineSetting({
    description: 'What clients of `BATON_MCP_PORT` send as bearer token.',
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{32,500}$/, 'must be 32 to 500 characters without white space')
      .transform(toSecret)
      .optional(),
    remedy: 'Make one with `openssl rand -hex 32`.',
    secret: true,
  }),
  BATON_MCP_ROOTS: defineSetting({
    description:
      'Absolute paths of directories, separated by commas, below which repositories may be worked on over MCP. ' +
      'Without it, only those below `mcp/repositories` in `BATON_HOME`.',
    schema: z
      .string()
      .transform(splitList)
      .pipe(
        z.array(
          z
            .string()
            .refine(
              (text) => path.isAbsolute(text) && path.resolve(text) !== '/',
              'must be absolute paths, and not /',
            ),
        ),
      )
      .optional(),
    remedy: 'Write it as /home/you/projects, or leave it out.',
  }),
};
