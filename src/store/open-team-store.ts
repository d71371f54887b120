import type { AgentHealth } from '../ports/agent-health.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Messages } from '../ports/messages.ts';
import type { TeamAnalytics } from '../ports/team-analytics.ts';
import type { TeamRecords } from '../ports/team-records.ts';
import { connect } from './connect.ts';
import { createAgentHealth } from './create-agent-health.ts';
import { createMessages } from './create-messages.ts';
import { createTeamAnalytics } from './create-team-analytics.ts';
import { createTeamRecords } from './create-team-records.ts';

/** What is kept of the team, for whoever looks at it from outside. */
export interface TeamStore {
  readonly records: TeamRecords;
  readonly messages: Pick<Messages, 'counts'>;
  readonly health: AgentHealth;
  readonly analytics: TeamAnalytics;
  close(): Promise<void>;
}

/** Opens it by itself, without changing the schema: the server does that. */
export function openTeamStore(databaseUrl: string, { log, clock }: { log: Log; clock: Clock }): TeamStore {
  const db = connect(databaseUrl, log, 'disk');
  return {
    records: createTeamRecords(db, { clock, log }),
    messages: createMessages({ db, ordered: db }, { clock, maxQueueSize: 0 }),
    health: createAgentHealth(db, clock),
    analytics: createTeamAnalytics(db),
    close: () => db.destroy(),
  };
}
