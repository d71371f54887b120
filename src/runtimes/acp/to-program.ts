import { type AcpAgent, fillIn, type LineApi } from '../../domain/acp-agent.ts';
import { type AgentProgram, LINE_ADDRESS } from '../parts/start-agent.ts';

/** How an agent is started, with its model and the line's token; the line's address is put in inside. */
export function toProgram(
  agent: AcpAgent,
  { api, token, model }: { readonly api: LineApi; readonly token: string; readonly model: string },
): AgentProgram {
  const given = { line: LINE_ADDRESS, token, model };
  const [program, ...args] = agent.command;
  const environment = Object.entries({ ...agent.environment, ...agent.speaks[api] });
  return {
    // Arguments can be seen by whoever sees the process, so no token is put into them.
    argv: [program, ...args.map((argument) => argument.replaceAll('{model}', () => model))],
    environment: Object.fromEntries(environment.map(([name, value]) => [name, fillIn(value, given)])),
    readOnly: agent.files,
    hidden: agent.hides,
  };
}
