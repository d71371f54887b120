import { z } from 'zod';
import { hostTextSchema } from '../../domain/host.ts';
import { apiUrlSchema } from '../api-url.ts';
import { defineSetting } from '../setting.ts';
import { splitList } from '../split-list.ts';

const GIGABYTE = 1024 ** 3;

/** `npm=https://npm.example.com,osv=off` */
const mirrorsSchema = z
  .string()
  .transform(splitList)
  .pipe(
    z.array(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]*=./, 'must be written as NAME=URL')
        .transform((part): [string, string | null] => {
          const value = part.slice(part.indexOf('=') + 1);
          return [part.slice(0, part.indexOf('=')), value === 'off' ? null : value];
        })
        .pipe(z.tuple([z.string(), apiUrlSchema.nullable()])),
    ),
  )
  .transform((entries): ReadonlyMap<string, string | null> => new Map(entries))
  .optional();

const hostsSchema = z.string().transform(splitList).pipe(z.array(hostTextSchema)).optional();

/** What is installed for gates and agents, and from where. */
export const installSettings = {
  BATON_REGISTRIES: defineSetting({
    description:
      'Mirrors in place of the public registries, by the names that profiles give these, separated by commas: ' +
      '`npm=https://npm.example.com,pip=https://pypi.example.com/simple`. They may lie in a private network. ' +
      '`off` in place of a URL switches one off, such as `osv=off`: checks that ask it are left out.',
    schema: mirrorsSchema,
    remedy:
      'Write NAME=URL, without a user name or a password, or NAME=off, or leave it out for the public registries.',
  }),
  BATON_INSTALL_HOSTS: defineSetting({
    description:
      'Further hosts that installations may reach, separated by commas, as `name` or `name:port`. A repository gets those ' +
      'that it names in `install.hosts`. They may lie in a private network.',
    schema: hostsSchema,
    remedy: 'Give names such as files.example.com,files.example.com:8443, or leave it out.',
  }),
  BATON_INSTALL_CACHE_GB: defineSetting({
    description:
      'Room for what was installed, in gigabytes. Beyond it, what was not used for longest is removed.',
    schema: z
      .string()
      .regex(/^[1-9]\d{0,3}$/, 'must be a number from 1 to 9999')
      .transform((text) => Number(text) * GIGABYTE),
    default: '10',
    remedy: 'Leave it out for 10.',
  }),
};
