import { z } from 'zod';
import { permissionsSchema } from './permissions.ts';
import { ROLES } from './state/role.ts';

const login = z.string().regex(/^[a-zA-Z0-9](?:-?[a-zA-Z0-9]){0,38}$/, 'must be a GitHub login');
const repositoryName = z.string().regex(/^[\w.-]{1,100}$/, 'must be a repository name');
const fullName = z.string().regex(/^[^/\s]+\/[\w.-]+$/, 'must be "owner/name"');

const userSeed = z.union([
  login.transform((name) => ({ login: name })),
  z.strictObject({ login, name: z.string().optional(), email: z.string().optional() }),
]);

const organizationSeed = z.strictObject({
  login,
  /** Logins of plain members. */
  members: z.array(login).default([]),
  /** Logins of owners, who have every right. */
  owners: z.array(login).default([]),
  /** What a member may do in each repository of the organization. */
  baseRole: z.enum(ROLES).default('read'),
  /** Logins of the members of each team, by its slug. */
  teams: z
    .record(z.string().regex(/^[a-z0-9_-]+$/, 'must be the slug of a team'), z.array(login))
    .default({}),
});

const labelSeed = z.union([
  z.string().transform((name) => ({ name })),
  z.strictObject({ name: z.string(), color: z.string().optional(), description: z.string().optional() }),
]);

const repositorySeed = z.strictObject({
  owner: login,
  name: repositoryName,
  /** Full name of the repository it is a fork of, which gives it branches, visibility, description and settings. */
  forkOf: fullName.optional(),
  description: z.string().optional(),
  private: z.boolean().default(false),
  defaultBranch: z.string().default('main'),
  allowAutoMerge: z.boolean().default(true),
  /** File contents by path. Without files and directory the repository is empty. */
  files: z.record(z.string(), z.string()).optional(),
  /** A directory on disk to import; `files` are laid over it. */
  directory: z.string().optional(),
  /** Roles by login, beside what the organization gives. */
  roles: z.record(login, z.enum(ROLES)).default({}),
  labels: z.array(labelSeed).default([]),
});

const appSeed = z.strictObject({
  id: z.int().positive().default(1),
  slug: z.string().regex(/^[a-z0-9-]+$/, 'must be lower case letters, digits and hyphens'),
  name: z.string().optional(),
  /** Login of the account which registered the App; by default the first organization or user. */
  owner: login.optional(),
  /** PEM. Made up when missing. */
  privateKey: z.string().optional(),
  webhookSecret: z.string().min(1),
  webhookUrl: z.url().optional(),
  permissions: permissionsSchema,
  events: z.array(z.string()).default([]),
});

const installationSeed = z.strictObject({
  id: z.int().positive(),
  account: login,
  /** Full names; everything of the account when missing. */
  repositories: z.array(fullName).optional(),
  /** What was granted; all that the App asks for when missing. */
  permissions: permissionsSchema.exactOptional(),
  suspended: z.boolean().default(false),
});

/** What the simulated GitHub starts with. */
export const seedSchema = z.strictObject({
  users: z.array(userSeed).min(1),
  organizations: z.array(organizationSeed).default([]),
  repositories: z.array(repositorySeed).default([]),
  app: appSeed,
  installations: z.array(installationSeed).default([]),
  /** User tokens: login by token. Users without one get a made-up token. */
  tokens: z.record(z.string().min(1), login).default({}),
});

/** A seed as a person writes it: defaults may be left out. */
export type Seed = z.input<typeof seedSchema>;
/** A seed with all defaults filled in. */
export type CheckedSeed = z.output<typeof seedSchema>;
