import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type AcpAgent, acpAgentSchema } from '../../domain/acp-agent.ts';
import { readPin } from '../packages/pin.ts';
import { requirePackages } from '../packages/require-packages.ts';

/**
 * OpenCode, as it is pinned and installed.
 * @throws Error with the line that installs it, when it is not there as it should be.
 */
export function findOpenCode(directory: string): AcpAgent {
  const [root] = Object.values(requirePackages('acp', directory));
  if (root === undefined) {
    throw new Error(
      `BATON_RUNTIME is acp, but there is no OpenCode for ${process.arch}. Name another agent with BATON_ACP_AGENT.`,
    );
  }
  const file = join(readPin('acp').directory, 'opencode.yml');
  const agent = acpAgentSchema.parse(parse(readFileSync(file, 'utf8'), { merge: true }));
  const [, ...args] = agent.command;
  return { ...agent, command: [join(root, 'bin/opencode'), ...args], files: [root] };
}
