import type { Order } from '../../domain/run.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { inline } from '../inline.ts';
import { answer } from './answer.ts';

/** What is known of a workflow when somebody has to choose one. */
interface WorkflowChoice {
  readonly name: string;
  readonly description: string;
}

/** The run begins now. */
export function started(order: Order): SurfaceInput {
  return answer(
    `Started the workflow ${code(order.definition.workflow.name)} as ${code(order.id)}. Its progress comment is kept up to date.`,
  );
}

/** The run begins when the one before it on this issue has ended. */
export function queuedBehind(order: Order, ahead: Order): SurfaceInput {
  return answer(
    `The workflow ${code(order.definition.workflow.name)} is queued as ${code(order.id)}: it starts when ${code(ahead.id)} on this issue has ended. ${code('/baton cancel')} ends that one.`,
  );
}

/** No workflow has this name, or (null) none fits the issue. */
export function unknownWorkflow(name: string | null, workflows: readonly WorkflowChoice[]): SurfaceInput {
  return answer(
    name === null
      ? 'Nothing was started: no workflow is meant for the labels of this issue. Name one:'
      : `Nothing was started: there is no workflow ${code(name)}. There are:`,
    workflows
      .map((workflow) => `- ${code(`/baton run ${workflow.name}`)}: ${inline(workflow.description, 200)}`)
      .join('\n'),
  );
}
