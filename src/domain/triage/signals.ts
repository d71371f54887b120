import type { IssueType } from '../issue-type.ts';
import type { Signals } from './signal.ts';
import { API } from './signals/api.ts';
import { DATABASE } from './signals/database.ts';
import { DEVOPS } from './signals/devops.ts';
import { ERROR } from './signals/error.ts';
import { INTEGRATION } from './signals/integration.ts';
import { PERFORMANCE } from './signals/performance.ts';
import { RESEARCH } from './signals/research.ts';
import { SECURITY } from './signals/security.ts';

/** What speaks for each type. */
export const SIGNALS: Readonly<Record<IssueType, Signals>> = {
  api: API,
  database: DATABASE,
  devops: DEVOPS,
  error: ERROR,
  performance: PERFORMANCE,
  security: SECURITY,
  integration: INTEGRATION,
  research: RESEARCH,
};
