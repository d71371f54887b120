import type { Check } from './check.ts';
import { check as app } from './checks/app.ts';
import { check as clock } from './checks/clock.ts';
import { check as database } from './checks/database.ts';
import { check as files } from './checks/files.ts';
import { check as git } from './checks/git.ts';
import { check as home } from './checks/home.ts';
import { check as port } from './checks/port.ts';
import { check as queue } from './checks/queue.ts';
import { check as runs } from './checks/runs.ts';
import { check as runtimes } from './checks/runtimes.ts';
import { check as sandbox } from './checks/sandbox.ts';
import { check as servers } from './checks/servers.ts';
import { check as toolchains } from './checks/toolchains.ts';
import { check as webhook } from './checks/webhook.ts';

/** In the order in which they are told. */
export const CHECKS: readonly Check[] = [
  files,
  git,
  home,
  database,
  queue,
  runs,
  servers,
  port,
  sandbox,
  runtimes,
  toolchains,
  app,
  webhook,
  clock,
];
