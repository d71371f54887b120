import type { Hono } from 'hono';
import type { ApiEnvironment } from '../server/call.ts';
import type { World } from '../state/world.ts';
import { appHookRoutes } from './app-hook-routes.ts';
import { appRoutes } from './app-routes.ts';
import { branchRoutes } from './branch-routes.ts';
import { checkRunRoutes } from './check-run-routes.ts';
import { commentRoutes } from './comment-routes.ts';
import { checkSuiteRoutes, commitCheckRoutes } from './commit-check-routes.ts';
import { commitRoutes } from './commit-routes.ts';
import { contentRoutes } from './content-routes.ts';
import { dispatchRoutes } from './dispatch-routes.ts';
import { forkRoutes } from './fork-routes.ts';
import { gitObjectRoutes } from './git-object-routes.ts';
import { gitRefRoutes } from './git-ref-routes.ts';
import { graphqlRoutes } from './graphql-routes.ts';
import { issueEventRoutes } from './issue-event-routes.ts';
import { issueModerationRoutes, issueRoutes } from './issue-routes.ts';
import { issueLabelRoutes, repositoryLabelRoutes } from './label-routes.ts';
import { pullContentRoutes, pullRoutes } from './pull-routes.ts';
import { reactionRoutes } from './reaction-routes.ts';
import { repositoryRoutes } from './repository-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { searchRoutes } from './search-routes.ts';
import { statusRoutes } from './status-routes.ts';
import { teamRoutes } from './team-routes.ts';
import { userRoutes } from './user-routes.ts';

/** Every group of routes. Where paths could both match, the more special group comes first. */
export const ROUTES: readonly ((world: World) => Hono<ApiEnvironment>)[] = [
  appRoutes,
  appHookRoutes,
  graphqlRoutes,
  searchRoutes,
  userRoutes,
  teamRoutes,
  repositoryLabelRoutes,
  reactionRoutes,
  commentRoutes,
  issueEventRoutes,
  issueLabelRoutes,
  issueRoutes,
  issueModerationRoutes,
  pullRoutes,
  pullContentRoutes,
  reviewRoutes,
  checkRunRoutes,
  checkSuiteRoutes,
  commitCheckRoutes,
  statusRoutes,
  commitRoutes,
  contentRoutes,
  branchRoutes,
  dispatchRoutes,
  gitRefRoutes,
  gitObjectRoutes,
  forkRoutes,
  repositoryRoutes,
];
