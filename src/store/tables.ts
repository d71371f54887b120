import type { AgentHealthTable } from './agent-health-table.ts';
import type { CommentEditsTable } from './comment-edits-table.ts';
import type { ContentTurnsTable } from './content-turns-table.ts';
import type { DeliveriesTable } from './deliveries-table.ts';
import type { EffectsTable } from './effects-table.ts';
import type { MeasuresTable, RunMeasuresTable } from './measures-tables.ts';
import type { MessagesTable } from './messages-table.ts';
import type { ModelUsageTable } from './model-usage-table.ts';
import type { RunsTable } from './runs-table.ts';
import type { SecretsTable } from './secrets-table.ts';
import type { SurfacesTable } from './surfaces-table.ts';
import type {
  TaskCheckpointsTable,
  TaskPhasesTable,
  TasksTable,
  TaskWorktreesTable,
} from './tasks-tables.ts';
import type {
  ClaimsTable,
  RestartsTable,
  TaskDurationsTable,
  TeamRepositoriesTable,
  TeamSwitchesTable,
  WakingsTable,
} from './team-tables.ts';
import type { TraceEventsTable } from './trace-events-table.ts';

/** All tables of the schema `baton`, for Kysely. */
export interface Tables {
  agent_health: AgentHealthTable;
  claims: ClaimsTable;
  comment_edits: CommentEditsTable;
  content_turns: ContentTurnsTable;
  deliveries: DeliveriesTable;
  effects: EffectsTable;
  messages: MessagesTable;
  measures: MeasuresTable;
  model_usage: ModelUsageTable;
  run_measures: RunMeasuresTable;
  restarts: RestartsTable;
  runs: RunsTable;
  secrets: SecretsTable;
  surfaces: SurfacesTable;
  task_checkpoints: TaskCheckpointsTable;
  task_phases: TaskPhasesTable;
  task_worktrees: TaskWorktreesTable;
  task_durations: TaskDurationsTable;
  tasks: TasksTable;
  trace_events: TraceEventsTable;
  team_repositories: TeamRepositoriesTable;
  team_switches: TeamSwitchesTable;
  wakings: WakingsTable;
}
