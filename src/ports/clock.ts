/** The time. Pure code gets it from here, so that tests set it and replays repeat it. */
export interface Clock {
  /** ISO 8601 in UTC. */
  now(): string;
}
