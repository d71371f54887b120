import { DEFAULT_SECONDS, type ToolInputs } from './protocol.ts';
import { runProgram } from './run-program.ts';

/** Runs a shell command in the tree. What it leaves in the background ends with it. */
export async function runCommand(root: string, input: ToolInputs['run']): Promise<string> {
  const seconds = input.seconds ?? DEFAULT_SECONDS;
  const end = await runProgram(['/bin/sh', '-c', input.command], { cwd: root, timeoutMs: seconds * 1000 });
  const said = end.output.trimEnd();
  return [...(said === '' ? [] : [said]), toEndLine(end, seconds)].join('\n');
}

function toEndLine({ code, timedOut }: { code: number | null; timedOut: boolean }, seconds: number): string {
  if (timedOut) {
    return `(ended: it ran for more than ${seconds} seconds)`;
  }
  return code === null ? '(ended by a signal)' : `(exit code ${code})`;
}
