// The tools of an agent, run inside its sandbox: one line of JSON asks for one, one line answers. It needs nothing but
// Node and the files beside it, and ends when nobody asks any more.
import { realpath } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { editFile } from './edit-file.ts';
import { listFiles } from './list-files.ts';
import type { ToolAnswer, ToolRequest } from './protocol.ts';
import { readFile } from './read-file.ts';
import { runCommand } from './run-command.ts';
import { searchFiles } from './search-files.ts';
import { writeFile } from './write-file.ts';

function perform(root: string, request: ToolRequest): Promise<string> {
  switch (request.tool) {
    case 'read':
      return readFile(root, request.input);
    case 'list':
      return listFiles(root, request.input);
    case 'search':
      return searchFiles(root, request.input);
    case 'edit':
      return editFile(root, request.input);
    case 'write':
      return writeFile(root, request.input);
    case 'run':
      return runCommand(root, request.input);
  }
}

async function answer(root: string, line: string): Promise<ToolAnswer> {
  // Written by the server, which has checked it.
  const request = JSON.parse(line) as ToolRequest;
  try {
    return { id: request.id, ok: true, text: await perform(root, request) };
  } catch (error) {
    return { id: request.id, ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}

const root = await realpath(process.cwd());
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(root, line))}\n`);
}
