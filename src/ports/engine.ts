/** Starts and steers durable workflows. All of it survives the process. */
export interface Engine {
  /**
   * Starts the run workflow under `id`, or does nothing when it exists. Executions with the same partition follow
   * one another.
   */
  start(id: string, partition: string, input: unknown): Promise<void>;
  /** Leaves a message for a workflow, once per `key`, also before it has begun. */
  send(id: string, message: unknown, key: string): Promise<void>;
  /** Stops what the workflow is doing right now (within a second, in whichever process), so that it reads its messages. */
  abort(id: string): Promise<void>;
}
