import type { Catalog } from '../catalog/catalog.ts';
import type { Settings } from '../config/settings.ts';
import type { GithubApp } from '../github/create-github-app.ts';
import type { Markers } from '../github/publish/markers.ts';
import type { Forgettable } from '../orchestration/forget-old.ts';
import type { RuntimesAtHand } from '../orchestration/meter-attempt.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Dependencies } from '../ports/dependencies.ts';
import type { EgressProxy } from '../ports/egress.ts';
import type { Engine } from '../ports/engine.ts';
import type { Log } from '../ports/log.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import type { Traces } from '../ports/traces.ts';
import type { Workspace } from '../ports/workspace.ts';
import type { Store } from '../store/create-store.ts';
import type { Supervisor } from '../team/create-supervisor.ts';
import type { Forgetful } from './forgetful.ts';
import type { OpenMetrics } from './open-metrics.ts';
import type { CatalogAt } from './repository-catalogs.ts';

/** Everything a running Baton is made of. */
export interface Parts {
  readonly settings: Settings;
  readonly log: Log;
  readonly catalog: Catalog;
  /** The same with what a repository has of its own. */
  readonly catalogAt: CatalogAt;
  readonly sandbox: Sandbox;
  readonly runtimes: RuntimesAtHand;
  /** Null where there is no sandbox to install in. */
  readonly dependencies: Dependencies | null;
  /** Ways out of the sandbox. */
  readonly egress: EgressProxy;
  readonly supervisor: Supervisor;
  readonly engine: Engine;
  /** Name of this process, which no other process ever has: that of its lease. */
  readonly self: string;
  readonly store: Store;
  /** For what ends a workflow that cannot go on. */
  readonly forgetful: Forgetful;
  readonly forgettables: readonly Forgettable[];
  readonly github: GithubApp;
  /** Our own account on GitHub, such as `baton[bot]`. */
  readonly login: string;
  readonly codeHost: CodeHost;
  /** Hides credentials, ours and what looks like anybody's, in what is shown. */
  readonly mask: (text: string) => string;
  /** The time as GitHub tells it. */
  readonly clock: Clock;
  readonly markers: Markers;
  /** Records agents at work, of runs and of others. */
  readonly traces: Traces;
  readonly metrics: Pick<OpenMetrics, 'delivered' | 'merged'>;
  readonly workspace: Workspace;
}
