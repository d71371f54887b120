import type { Answer } from '../../domain/answer.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { putOffList } from '../put-off.ts';
import { answer } from './answer.ts';

/** What the newest run of this issue has put off; `runId` is null when there is none. */
export function debt({ runId, filed, unfiled }: Extract<Answer, { kind: 'debt' }>): SurfaceInput {
  if (runId === null) {
    return answer(`There is no run on this issue. ${code('/baton run')} starts one.`);
  }
  return filed.length + unfiled.length === 0
    ? answer(`Nothing was put off in run ${code(runId)}.`)
    : answer(`This was put off in run ${code(runId)}:`, putOffList(filed, unfiled));
}
