/** A workflow to start. */
export interface StartRequest {
  /** Name of a registered workflow. */
  readonly workflow: string;
  readonly id: string;
  /** Plain JSON data. */
  readonly input: unknown;
  /** Executions with the same partition follow one another. Only for workflows registered as partitioned. */
  readonly partition?: string;
}

/** Starts and steers durable workflows. All of it survives the process, and may be done anywhere, also inside a step. */
export interface Engine {
  /** Starts a workflow under `id`, or does nothing when that id exists. Resolves when the start is stored. */
  start(request: StartRequest): Promise<void>;
  /** Leaves a message for a started workflow, once per `key`, also before it has begun. Throws when it was never started. */
  send(id: string, message: unknown, key: string): Promise<void>;
  /**
   * Stops what the workflow is doing right now (within a second, in whichever process), so that it reads its messages.
   * One that has read them all is left alone, so send first.
   */
  abort(id: string): Promise<void>;
}
