import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A folder whose files are plug-ins: each exports one value under the same noun. */
export interface PluginFolder {
  readonly path: string;
  /** The export of each file. */
  readonly noun: string;
  /** The export of the generated registry. */
  readonly plural: string;
}

export const PLUGIN_FOLDERS = {
  gates: { path: 'src/gates', noun: 'gate', plural: 'gates' },
  commands: { path: 'src/commands', noun: 'command', plural: 'commands' },
  stepKinds: { path: 'src/steps', noun: 'stepKind', plural: 'stepKinds' },
  tools: { path: 'src/mcp/tools', noun: 'tool', plural: 'tools' },
  members: { path: 'src/team/members', noun: 'member', plural: 'members' },
  webhooks: { path: 'src/github/webhooks', noun: 'webhook', plural: 'webhooks' },
} as const satisfies Record<string, PluginFolder>;

export interface PluginFile {
  /** The file name without its ending; also the plug-in's name. */
  readonly name: string;
  readonly value: object;
}

/**
 * The plug-ins of a folder, sorted by name. Every file directly in the folder is one; what they share lies in a folder
 * beside them, such as `parts/`. Throws with all faults at once.
 */
export async function readPlugIns(root: string, folder: PluginFolder): Promise<readonly PluginFile[]> {
  const directory = resolve(root, folder.path);
  if (!existsSync(directory)) {
    return [];
  }
  const files = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.gen.ts'))
    .map((entry) => entry.name)
    .toSorted();
  const read = await Promise.all(files.map((file) => readPlugIn(directory, file, folder)));
  const faults = [...read.flatMap((one) => one.faults), ...findClashes(files, folder)];
  if (faults.length > 0) {
    throw new Error(faults.join('\n'));
  }
  return read.flatMap((one) => (one.value === null ? [] : [{ name: one.name, value: one.value }]));
}

/** How a plug-in is called in the registry's code. */
export function toIdentifier(name: string): string {
  return name.replaceAll(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
}

interface Reading {
  readonly name: string;
  readonly value: object | null;
  readonly faults: readonly string[];
}

async function readPlugIn(directory: string, file: string, folder: PluginFolder): Promise<Reading> {
  const name = file.slice(0, -'.ts'.length);
  const place = `${folder.path}/${file}`;
  const module: Record<string, unknown> = await import(pathToFileURL(resolve(directory, file)).href);
  const value = module[folder.noun];
  if (typeof value !== 'object' || value === null) {
    const fault = `${place} exports no \`${folder.noun}\`. Export one, or move the file to ${folder.path}/parts/.`;
    return { name, value: null, faults: [fault] };
  }
  return { name, value, faults: checkName(name, value, place) };
}

function checkName(name: string, value: object, place: string): readonly string[] {
  const faults: string[] = [];
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    faults.push(
      `${place} is not named in kebab-case. Rename the file to lower-case words joined by hyphens.`,
    );
  }
  const given = 'name' in value ? value.name : undefined;
  if (given !== name) {
    faults.push(`${place} names itself '${String(given)}'. Give it the file's name, '${name}'.`);
  }
  return faults;
}

function findClashes(files: readonly string[], folder: PluginFolder): readonly string[] {
  const byIdentifier = Map.groupBy(files, (file) => toIdentifier(file).toLowerCase());
  return [...byIdentifier.values()]
    .filter((clash) => clash.length > 1)
    .map((clash) => `${folder.path}: ${clash.join(' and ')} are the same name. Rename one of them.`);
}
