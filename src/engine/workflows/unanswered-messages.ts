import { z } from 'zod';
import type { AnsweringStep, UnansweredMessage } from '../../ports/engine.ts';
import type { KeptConnection } from '../replica/kept-connection.ts';

/** A message as DBOS keeps it. */
const rowSchema = z.object({
  message_uuid: z.string(),
  message: z.unknown(),
  consumed: z.boolean(),
  /** The reading, among all that the workflow has asked for. */
  consumed_by_function_id: z.number().nullable(),
});
/** Plain data is the `json` of what it writes. */
const plainSchema = z.object({ json: z.unknown() });

/** A step that the workflow remembers. */
const stepSchema = z.object({ function_id: z.number(), output: z.unknown() });

/**
 * The messages that nobody has read or answered, the oldest first; null for one that cannot be read, so that it hides no
 * other. Outside of the workflow, so its record knows nothing of it.
 */
export async function readUnanswered(
  connection: KeptConnection,
  workflowId: string,
  answered: AnsweringStep,
): Promise<readonly UnansweredMessage[]> {
  const rows = await connection.query(
    `select message_uuid, message, consumed, consumed_by_function_id from dbos.notifications
     where destination_uuid = $1 order by created_at_epoch_ms`,
    [workflowId],
  );
  const lastAnswer = await readLast(connection, workflowId, answered);
  const suffix = toMessageName('', workflowId);
  return rows
    .map((row) => rowSchema.parse(row))
    .filter((row) => !row.consumed || (row.consumed_by_function_id ?? -1) > lastAnswer)
    .map(({ message_uuid: name, message }) => ({
      key: name.slice(0, -suffix.length),
      message: toPlain(message),
    }));
}

/** The number of the newest such step; -1 when there is none, since DBOS counts from 0 on all that a workflow asks for. */
async function readLast(
  connection: KeptConnection,
  workflowId: string,
  { name, result }: AnsweringStep,
): Promise<number> {
  const rows = await connection.query(
    `select function_id, output from dbos.operation_outputs
     where workflow_uuid = $1 and function_name = $2 order by function_id desc`,
    [workflowId, name],
  );
  const steps = rows.map((row) => stepSchema.parse(row));
  return steps.find(({ output }) => toPlain(output) === result)?.function_id ?? -1;
}

function toPlain(text: unknown): unknown {
  try {
    return plainSchema.parse(JSON.parse(String(text))).json;
  } catch {
    return null;
  }
}

/**
 * Removes a message that nobody has read yet, and says whether there was one. Reader and remover write the same row, so
 * exactly one of them gets it.
 */
export async function takeBack(
  connection: KeptConnection,
  { workflowId, key }: { readonly workflowId: string; readonly key: string },
): Promise<boolean> {
  const rows = await connection.query(
    'delete from dbos.notifications where message_uuid = $1 and destination_uuid = $2 and not consumed returning 1',
    [toMessageName(key, workflowId), workflowId],
  );
  return rows.length > 0;
}

/** The name that DBOS makes of a key. */
function toMessageName(key: string, workflowId: string): string {
  return `${key}::${workflowId}`;
}
