/** How long one kind of task takes, of the last seven days. */
export interface TaskFigure {
  readonly type: string;
  readonly count: number;
  readonly averageMs: number;
}

/** What one member has done, of the last seven days. */
export interface MemberFigure {
  readonly member: string;
  readonly tasks: number;
  readonly averageMs: number;
}

/** Figures over what the team has done. */
export interface TeamAnalytics {
  /** The kinds of tasks that take longest, at most ten. */
  bottlenecks(): Promise<readonly TaskFigure[]>;
  members(): Promise<readonly MemberFigure[]>;
}
