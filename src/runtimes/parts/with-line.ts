import type { Brief } from '../../domain/brief.ts';
import type { AgentAnswer, AgentPlace } from '../../ports/agent-runtime.ts';
import type { ModelLine } from '../../ports/model-gateway.ts';
import { type Failure, failed, failedForNow } from './failure.ts';

/** Opens the attempt's line for the model of the brief, and closes it, whatever comes. */
export async function withLine(
  { model }: Pick<Brief, 'model'>,
  place: AgentPlace,
  use: (line: ModelLine) => Promise<AgentAnswer>,
): Promise<AgentAnswer> {
  if (place.openLine === null) {
    return failed(
      'provider',
      'There is no provider of models, and so no agent.',
      'Set BATON_PROVIDER and the key of the provider.',
    );
  }
  const open = place.openLine;
  const line = await openLine(place, () => open([model]));
  if ('kind' in line) {
    return line;
  }
  try {
    return await use(line);
  } finally {
    await line.close();
  }
}

async function openLine({ emit }: AgentPlace, open: () => Promise<ModelLine>): Promise<ModelLine | Failure> {
  try {
    return await open();
  } catch (error) {
    // The failure is shown on GitHub, which need not know where things are on this machine.
    emit({ kind: 'warning', message: String(error) });
    return failedForNow('crash', 'The line to the model could not be opened.', 'Look at the log, and retry.');
  }
}
