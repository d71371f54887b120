import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatCompletionRequest } from '@copilotkit/aimock';
import { z } from 'zod';
import { RECORDING } from './examples.ts';
import type { ModelTurn } from './model-server.ts';

const recordingSchema = z.object({ patch: z.string().optional(), report: z.unknown() });

/** How a model speaks to one runtime. */
export interface Dialect {
  /** Looks around, before it begins. */
  readonly look: ModelTurn;
  readonly command: (command: string) => ModelTurn;
  readonly report: (report: unknown) => ModelTurn;
}

/** A model that looks around, does what the demo's recording has for the step, and needs two tries for its report. */
export function playRecording({
  look,
  command,
  report,
}: Dialect): (asked: ChatCompletionRequest) => ModelTurn {
  return ({ messages }) => {
    const [, step = '', attempt = ''] = /# ([\w-]+), attempt (\d+)/.exec(JSON.stringify(messages)) ?? [];
    const recorded = readRecording(step, attempt);
    const turns: readonly ModelTurn[] = [
      look,
      ...(recorded.patch === undefined ? [] : [command(toCommand(recorded.patch))]),
      report({ kind: 'unknown' }),
      report(recorded.report),
    ];
    return (
      turns[messages.filter(({ role }) => role === 'assistant').length] ?? { text: 'I have said it all.' }
    );
  };
}

function readRecording(step: string, attempt: string): z.infer<typeof recordingSchema> {
  const file = join(RECORDING, `${step}.${attempt}.json`);
  return existsSync(file) ? recordingSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : { report: null };
}

function toCommand(patch: string): string {
  const text = readFileSync(join(RECORDING, patch), 'utf8');
  return `GIT_DIR=/dev/null git apply --whitespace=nowarn - <<'END'\n${text}END\n`;
}
