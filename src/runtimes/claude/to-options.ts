import type { Access, Brief } from '../../domain/brief.ts';
import type { Role } from '../../domain/role.ts';
import type { ModelLine } from '../../ports/model-gateway.ts';
import { toReportSchema } from '../parts/report-schema.ts';
import { LINE_ADDRESS } from '../parts/start-agent.ts';

type Permission = Role['tools'][number];

/** What a tool of Claude Code is in ours. */
interface NativeTool {
  /** One of these is enough. */
  readonly needs: readonly Permission[];
  readonly writes: boolean;
  /** What of it is allowed; the sandbox confines it as well. */
  readonly rule: string;
}

const TOOLS: Readonly<Record<string, NativeTool>> = {
  Read: { needs: ['read', 'edit'], writes: false, rule: 'Read(./**)' },
  Glob: { needs: ['read', 'search', 'edit'], writes: false, rule: 'Glob' },
  Grep: { needs: ['search'], writes: false, rule: 'Grep' },
  Edit: { needs: ['edit'], writes: true, rule: 'Edit(./**)' },
  Write: { needs: ['edit'], writes: true, rule: 'Edit(./**)' },
  Bash: { needs: ['bash'], writes: false, rule: 'Bash' },
};

/** Nothing but the line is there, so what it would do besides is switched off; and so is all that outlives a turn. */
const ENVIRONMENT = {
  ANTHROPIC_BASE_URL: LINE_ADDRESS,
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
  CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1',
  CLAUDE_CODE_DISABLE_CLAUDE_MDS: '1',
  CLAUDE_CODE_MAX_RETRIES: '4',
} as const;

export interface OptionsPlan {
  readonly brief: Brief;
  readonly line: Pick<ModelLine, 'token'>;
  readonly program: string;
  /** The tree; null for a role without files. */
  readonly directory: string | null;
}

/** The names of the tools that a role has in its tree. */
function listTools(permissions: Role['tools'], access: Access): readonly string[] {
  if (access === 'none') {
    return [];
  }
  return Object.entries(TOOLS)
    .filter(
      ([, { needs, writes }]) =>
        needs.some((needed) => permissions.includes(needed)) && (access === 'write' || !writes),
    )
    .map(([name]) => name);
}

/**
 * How Claude Code is run. Of what a repository brings along for it nothing counts: no settings, hooks, servers of tools,
 * agents or memory files; and a prompt is taken as it is written, so that no text of an issue becomes a command or a file.
 */
export function toOptions({
  brief,
  line,
  program,
  directory,
}: OptionsPlan): Readonly<Record<string, unknown>> {
  const tools = listTools(brief.role.tools, brief.access);
  return {
    ...(directory === null ? {} : { cwd: directory }),
    pathToClaudeCodeExecutable: program,
    env: { ...ENVIRONMENT, ANTHROPIC_API_KEY: line.token, ANTHROPIC_DEFAULT_HAIKU_MODEL: brief.model },
    settingSources: [],
    strictMcpConfig: true,
    verbatimPrompts: true,
    persistSession: false,
    permissionMode: 'dontAsk',
    tools,
    allowedTools: [...new Set(tools.map((name) => TOOLS[name]?.rule))],
    model: brief.model,
    maxTurns: brief.turns,
    systemPrompt: { type: 'preset', preset: 'claude_code', append: brief.instructions },
    outputFormat: { type: 'json_schema', schema: toReportSchema(brief.report) },
  };
}
