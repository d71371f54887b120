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

/** A message that its workflow has not answered. */
export interface UnansweredMessage {
  /** Under which it was sent. */
  readonly key: string;
  readonly message: unknown;
}

/** What a workflow remembers when it has answered what it read: that this step of it gave this result. */
export interface AnsweringStep {
  readonly name: string;
  readonly result: string;
}

/** Starts and steers durable workflows. All of it survives the process, and may be done anywhere, also inside a step. */
export interface Engine {
  /** Starts a workflow under `id`, or does nothing when that id exists. Resolves when the start is stored. */
  start(request: StartRequest): Promise<void>;
  /** Leaves a message for a started workflow, once per `key`, also before it has begun. Throws when it was never started. */
  send(id: string, message: unknown, key: string): Promise<void>;
  /**
   * What nobody has read or taken back, and what was read while the workflow remembers no answer since; the oldest first.
   * Only for a workflow that does not go on: another one may be about to answer.
   */
  unanswered(id: string, answered: AnsweringStep): Promise<readonly UnansweredMessage[]>;
  /** Takes a message back that was sent under `key`; false when it was read before. After that it can be sent again. */
  takeBack(id: string, key: string): Promise<boolean>;
  /**
   * Stops what the workflow is doing right now (within a second, in whichever process), so that it reads its messages.
   * One that has read them all is left alone, so send first.
   */
  abort(id: string): Promise<void>;
}
