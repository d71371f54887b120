import { createCappedOutput } from './capped-output.ts';
import { type ProcessEnd, type ProcessRequest, startProcess } from './start-process.ts';

const MAX_OUTPUT_BYTES = 256 * 1024;

/**
 * Runs one process to its end, its time limit or the signal.
 * @throws AbortError on the signal; Error when the program cannot be started.
 */
export async function runProcess(
  request: ProcessRequest & { readonly stdin: string | undefined },
  signal: AbortSignal,
): Promise<ProcessEnd & { readonly output: string }> {
  throwIfAborted(signal);
  const { child, ended } = startProcess(request, signal);
  child.stdin?.end(request.stdin ?? '');
  const output = createCappedOutput(MAX_OUTPUT_BYTES);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => output.add(chunk));
  }
  const end = await ended;
  throwIfAborted(signal);
  return { ...end, output: output.read() };
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new DOMException('The command in the sandbox was stopped.', 'AbortError');
  }
}
