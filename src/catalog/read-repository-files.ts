import type { CatalogFault } from './fault.ts';
import type { DataFile } from './read-data-files.ts';

/** The files of one commit of a repository. Links, directories and submodules are none. */
export interface RepositoryReader {
  /** The bytes of a regular file; null when there is none of this path. */
  readFile(path: string): Promise<Uint8Array | null>;
  /** Names of the regular files directly in a directory; none when there is no such directory. */
  listFiles(directory: string): Promise<readonly string[]>;
}

/** What a repository brings along, as text. */
export interface RepositoryFiles {
  /** Null when it has no settings of its own. */
  readonly settings: DataFile | null;
  /** Settings of the delivery pipeline by themselves; null when there are none. */
  readonly pipeline: DataFile | null;
  readonly workflows: readonly DataFile[];
  readonly roles: readonly DataFile[];
  readonly faults: readonly CatalogFault[];
}

/** Where a repository sets things for itself. */
export const SETTINGS_FILE = '.github/baton.yml';
const PIPELINE_FILE = '.claude/pipeline.yaml';
export const REPOSITORY_FOLDER = '.github/baton';

/** Whether a file of a repository says something to Baton. */
export function isConfiguration(path: string): boolean {
  return path === SETTINGS_FILE || path === PIPELINE_FILE || path.startsWith(`${REPOSITORY_FOLDER}/`);
}

/** A run keeps what it was made of, so that is kept small. */
const MOST = { bytes: 64 * 1024, files: 50 } as const;

const NAME = /^[a-z][a-z0-9-]{0,63}$/;

/** What a file of each folder is called; `near` is an ending that somebody may have meant. */
const FOLDERS = {
  workflows: { ending: '.yaml', near: '.yml' },
  roles: { ending: '.md', near: '.markdown' },
} as const;

/** Reads the settings, the workflows and the roles of a repository. What cannot be read becomes a fault. */
export async function readRepositoryFiles(reader: RepositoryReader): Promise<RepositoryFiles> {
  const [beside, settings, pipeline, workflows, roles] = await Promise.all([
    reader.listFiles('.github'),
    readText(reader, SETTINGS_FILE),
    readText(reader, PIPELINE_FILE),
    readFolder(reader, 'workflows'),
    readFolder(reader, 'roles'),
  ]);
  return {
    settings: settings.files[0] ?? null,
    pipeline: pipeline.files[0] ?? null,
    workflows: workflows.files,
    roles: roles.files,
    faults: [
      ...findMisnamed(beside),
      ...[settings, pipeline, workflows, roles].flatMap(({ faults }) => faults),
    ],
  };
}

interface Texts {
  readonly files: readonly DataFile[];
  readonly faults: readonly CatalogFault[];
}

function findMisnamed(names: readonly string[]): readonly CatalogFault[] {
  return names.includes('baton.yaml')
    ? [fault('.github/baton.yaml', 'this file is not read', `Rename it to ${SETTINGS_FILE}.`)]
    : [];
}

async function readFolder(reader: RepositoryReader, folder: keyof typeof FOLDERS): Promise<Texts> {
  const directory = `${REPOSITORY_FOLDER}/${folder}`;
  const { ending, near } = FOLDERS[folder];
  const all = await reader.listFiles(directory);
  const meant = all.filter((name) => name.endsWith(ending) && !isForPeople(name));
  const odd = all.filter((name) => name.endsWith(near) || (meant.includes(name) && !isNamed(name, ending)));
  const faults = odd.map((name) =>
    fault(
      `${directory}/${toShown(name)}`,
      'this file is not read, because of its name',
      `Name it in lower-case words joined by hyphens, with ${ending} at the end.`,
    ),
  );
  const names = meant.filter((name) => isNamed(name, ending)).toSorted();
  if (names.length > MOST.files) {
    const remedy = `Keep at most ${MOST.files}.`;
    return {
      files: [],
      faults: [...faults, fault(directory, `there are ${names.length} ${folder}`, remedy)],
    };
  }
  const texts = await Promise.all(names.map((name) => readText(reader, `${directory}/${name}`)));
  return {
    files: texts.flatMap(({ files }) => files),
    faults: [...faults, ...texts.flatMap((text) => text.faults)],
  };
}

/** A `README.md` beside the roles speaks to people. */
function isForPeople(name: string): boolean {
  return /^README\.md$/i.test(name);
}

function isNamed(name: string, ending: string): boolean {
  return NAME.test(name.slice(0, -ending.length));
}

/** A name may hold anything, and is shown. */
function toShown(name: string): string {
  return name.slice(0, 100).replaceAll(/[^\p{L}\p{N} ._-]/gu, '?');
}

async function readText(reader: RepositoryReader, path: string): Promise<Texts> {
  const bytes = await reader.readFile(path);
  if (bytes === null) {
    return { files: [], faults: [] };
  }
  if (bytes.byteLength > MOST.bytes) {
    const message = `the file has ${bytes.byteLength} bytes`;
    return { files: [], faults: [fault(path, message, `Keep it to ${MOST.bytes / 1024} KiB.`)] };
  }
  try {
    return { files: [{ path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }], faults: [] };
  } catch {
    return { files: [], faults: [fault(path, 'the file is not UTF-8 text', 'Save it as UTF-8.')] };
  }
}

function fault(file: string, message: string, remedy: string): CatalogFault {
  return { file, line: 1, column: 1, message, remedy };
}
