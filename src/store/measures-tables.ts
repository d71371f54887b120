export interface MeasuresTable {
  /** Metric and labels, as JSON. */
  series: string;
  value: number;
}

export interface RunMeasuresTable {
  run_id: string;
  /** What the run has given so far: values by series. */
  given: unknown;
}
