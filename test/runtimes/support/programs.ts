import type { AgentRuntime } from '../../../src/ports/agent-runtime.ts';
import { findOpenCode } from '../../../src/runtimes/acp/find-opencode.ts';
import { createAcp } from '../../../src/runtimes/acp.ts';
import { openClaudeSdk } from '../../../src/runtimes/claude/open-sdk.ts';
import { createClaude } from '../../../src/runtimes/claude.ts';
import { findCodex } from '../../../src/runtimes/codex/find-codex.ts';
import { createCodex } from '../../../src/runtimes/codex.ts';
import type { ModelTurn } from '../../support/model-server.ts';
import { RUNTIMES_DIRECTORY } from '../../support/runtime-packages.ts';

const tools = { readOnly: [], path: [] };

/** A runtime that has a program of others do the work, and how a model speaks to it. */
export interface Program {
  readonly provider: 'anthropic' | 'openai' | 'openai-compatible';
  readonly open: () => Promise<AgentRuntime>;
  readonly command: (command: string) => ModelTurn;
  readonly report: (report: unknown) => ModelTurn;
}

export const PROGRAMS = {
  acp: {
    provider: 'openai-compatible',
    open: async () => createAcp({ agent: findOpenCode(RUNTIMES_DIRECTORY), api: 'openai', tools }),
    command: (command) => ({ calls: [['bash', { command, description: 'works' }]] }),
    report: (report) => ({ text: JSON.stringify({ report }) }),
  },
  claude: {
    provider: 'anthropic',
    open: async () => createClaude({ sdk: await openClaudeSdk(RUNTIMES_DIRECTORY), tools }),
    command: (command) => ({ calls: [['Bash', { command, description: 'works' }]] }),
    report: (report) => ({ calls: [['StructuredOutput', { report }]] }),
  },
  codex: {
    provider: 'openai',
    open: async () => createCodex({ codex: findCodex(RUNTIMES_DIRECTORY), tools }),
    command: (cmd) => ({ calls: [['exec_command', { cmd }]] }),
    report: (report) => ({ text: JSON.stringify({ report }) }),
  },
} as const satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof PROGRAMS;
