/** What a metric means, for whoever reads it. */
export interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Whether all replicas tell the same value, or each its own. */
  readonly of: 'all replicas' | 'the process';
}

/** Upper bounds in seconds: from what a gate takes to what a person takes. */
export const BUCKETS = [1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400, 604_800] as const;

/** All metrics of ours. Names say their unit, as Prometheus asks. */
export const METRICS = [
  {
    name: 'baton_step_duration_seconds',
    type: 'histogram',
    of: 'all replicas',
    help: 'How long attempts at a step took, without the waiting for a person after them.',
  },
  {
    name: 'baton_step_attempts_total',
    type: 'counter',
    of: 'all replicas',
    help: 'Attempts at a step that ended, by outcome.',
  },
  {
    name: 'baton_step_failures_total',
    type: 'counter',
    of: 'all replicas',
    help: 'Attempts that did not lead on: the work was rejected, or a tool or an agent broke.',
  },
  {
    name: 'baton_rollbacks_total',
    type: 'counter',
    of: 'all replicas',
    help: 'How often runs were taken back to the end of an earlier step, by a person or by a step that gave up.',
  },
  {
    name: 'baton_merge_duration_seconds',
    type: 'histogram',
    of: 'all replicas',
    help: 'From the request to the merge of the pull request.',
  },
  {
    name: 'baton_run_duration_seconds',
    type: 'histogram',
    of: 'all replicas',
    help: 'From the request to the end of the run, the waiting for people included.',
  },
  { name: 'baton_runs_ended_total', type: 'counter', of: 'all replicas', help: 'Runs that ended, by how.' },
  {
    name: 'baton_team_task_duration_seconds',
    type: 'histogram',
    of: 'all replicas',
    help: 'What members of the team did: their wakings, and the runs that they asked for, with the waiting for people.',
  },
  {
    name: 'baton_role_attempts_total',
    type: 'counter',
    of: 'all replicas',
    help: 'How often a role was asked, by what came of it.',
  },
  {
    name: 'baton_role_retries_total',
    type: 'counter',
    of: 'all replicas',
    help: 'How often a role was asked in another attempt than the first.',
  },
  {
    name: 'baton_gate_verdicts_total',
    type: 'counter',
    of: 'all replicas',
    help: 'Verdicts of gates, by what they said.',
  },
  {
    name: 'baton_findings_total',
    type: 'counter',
    of: 'all replicas',
    help: 'Findings of gates and reviews by severity, or by the harm that a scanner names; those about security apart.',
  },
  {
    name: 'baton_dead_code_ratio',
    type: 'gauge',
    of: 'all replicas',
    help: 'Share of the judged commits in which the gate dead-code found some.',
  },
  {
    name: 'baton_coverage_ratio',
    type: 'gauge',
    of: 'all replicas',
    help: 'Share of covered lines in the newest report that a run brought.',
  },
  { name: 'baton_runs', type: 'gauge', of: 'all replicas', help: 'Runs by state.' },
  { name: 'baton_holds', type: 'gauge', of: 'all replicas', help: 'Runs that wait, by what they wait for.' },
  {
    name: 'baton_inbox_waiting',
    type: 'gauge',
    of: 'all replicas',
    help: 'Deliveries that are stored and not handled yet.',
  },
  {
    name: 'baton_inbox_oldest_seconds',
    type: 'gauge',
    of: 'all replicas',
    help: 'Age of the oldest of them; 0 when there is none.',
  },
  {
    name: 'baton_queue_waiting',
    type: 'gauge',
    of: 'all replicas',
    help: 'What waits for its turn in a queue of the engine.',
  },
  {
    name: 'baton_model_calls_total',
    type: 'counter',
    of: 'all replicas',
    help: 'Calls to models that ended.',
  },
  {
    name: 'baton_model_tokens_total',
    type: 'counter',
    of: 'all replicas',
    help: 'Tokens that models read and wrote, as far as the provider told.',
  },
  {
    name: 'baton_model_cost_dollars_total',
    type: 'counter',
    of: 'all replicas',
    help: 'What calls to models cost, as far as a price is known.',
  },
  {
    name: 'baton_model_unpriced_calls_total',
    type: 'counter',
    of: 'all replicas',
    help: 'Calls to models of which it is not known what they cost.',
  },
  {
    name: 'baton_deliveries_total',
    type: 'counter',
    of: 'the process',
    help: 'Requests to the webhook path, by what became of them.',
  },
  {
    name: 'baton_trace_events_dropped_total',
    type: 'counter',
    of: 'the process',
    help: 'Trace events that the database or the collector did not take in time.',
  },
] as const satisfies readonly Metric[];

export type MetricName = (typeof METRICS)[number]['name'];
