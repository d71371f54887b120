import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORDED_TOOLS } from './recorded-tools.ts';

/**
 * Writes a program that says what a tool has said of `examples/invoices` without fault, whatever it is shown, and leaves
 * the report that the tool has left. It stands in for one that no package of the system has, and says so itself.
 */
export async function writeRecordedProgram(directory: string, name: string): Promise<void> {
  const recorded = RECORDED_TOOLS.filter(
    ({ command, state }) => state === 'good' && command.startsWith(`${name} `),
  );
  const answers = recorded.map(({ command, tool, output, code, reports }) => {
    const written = Object.entries(reports).map(
      ([path, text]) => `printf '%s' ${quote(text)} > ${quote(path)};`,
    );
    const said = `printf '%s' ${quote(`(recorded from ${tool}, not run)\n${output}`)};`;
    return `${quote(command.slice(name.length + 1))}) ${[...written, said].join(' ')} exit ${code} ;;`;
  });
  await mkdir(directory, { recursive: true });
  const lines = ['#!/bin/sh', 'case "$*" in', ...answers, 'esac', 'exit 64', ''];
  await writeFile(join(directory, name), lines.join('\n'), { mode: 0o755 });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
