import { type Role, roleSchema } from '../domain/role.ts';
import type { CatalogFault } from './fault.ts';
import { type Parsed, parseDataFile } from './parse-data-file.ts';
import type { DataFile } from './read-data-files.ts';
import { readYaml } from './read-yaml.ts';
import type { YamlSource } from './yaml-source.ts';

/** Tool names of Claude Code's agent files, by what they allow here. */
export const CLAUDE_TOOLS: Readonly<Record<string, string>> = {
  Read: 'read',
  Grep: 'search',
  Glob: 'search',
  LS: 'search',
  Edit: 'edit',
  MultiEdit: 'edit',
  Write: 'edit',
  Bash: 'bash',
};

/** A role file: YAML between two `---` lines, and the brief below them. */
export function parseRole(file: DataFile): Parsed<Role> {
  const [opening, ...rest] = file.text.split(/\r?\n/);
  const end = rest.indexOf('---');
  if (opening !== '---' || end === -1) {
    return { entries: [], faults: [toFrontMatterFault(file.path)] };
  }
  // An empty first line in place of the `---` keeps the line numbers those of the file.
  const read = readYaml(file.path, ['', ...rest.slice(0, end)].join('\n'));
  const brief = rest
    .slice(end + 1)
    .join('\n')
    .trim();
  return parseDataFile('locate' in read ? withBrief(read, brief) : read, roleSchema);
}

function withBrief(source: YamlSource, brief: string): YamlSource {
  const { value } = source;
  if (typeof value !== 'object' || value === null) {
    return source;
  }
  const tools = 'tools' in value ? { tools: toTools(value.tools) } : {};
  return { ...source, value: { ...value, ...tools, brief } };
}

/** A list, or names joined by commas as Claude Code writes them. What is not understood is left to the schema. */
function toTools(tools: unknown): unknown {
  const list: unknown = typeof tools === 'string' ? tools.split(',').map((tool) => tool.trim()) : tools;
  if (!Array.isArray(list)) {
    return list;
  }
  const names: readonly unknown[] = list;
  return [...new Set(names.map((tool) => (typeof tool === 'string' ? (CLAUDE_TOOLS[tool] ?? tool) : tool)))];
}

function toFrontMatterFault(file: string): CatalogFault {
  return {
    file,
    line: 1,
    column: 1,
    message: 'there is no front matter',
    remedy: 'Begin the file with `---`, name, description and tools, and another `---`.',
  };
}
