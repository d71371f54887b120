import type { AcceptanceCriterion } from '../../src/domain/acceptance-criteria.ts';
import type {
  AddedLine,
  ChangedFile,
  CommandResult,
  Evidence,
  WrittenFile,
} from '../../src/domain/evidence.ts';
import type { Profile } from '../../src/domain/profile.ts';
import { DEFAULT_REPOSITORY_SETTINGS, type GateSettings } from '../../src/domain/repository-settings.ts';

/** A file before and after the change; absent on the side where it does not exist. */
export interface FileChange {
  readonly base?: string | Uint8Array;
  readonly head?: string | Uint8Array;
  /** As a person has agreed to it. */
  readonly agreed?: string;
  /** The old path of a renamed file. */
  readonly from?: string;
}

/** What a test says about a change; the rest follows from it. */
export interface Change {
  readonly files?: Readonly<Record<string, FileChange>>;
  readonly profile?: Profile | null;
  /** What each command does; a command that is not named here is not there. */
  readonly commands?: Readonly<Record<string, CommandResult>>;
  readonly settings?: Partial<GateSettings>;
  readonly criteria?: readonly AcceptanceCriterion[];
  /** What the commands have left behind, by path. */
  readonly reports?: Readonly<Record<string, string | Exclude<WrittenFile, { kind: 'read' }>>>;
}

/** Evidence of a change that is written down as plain data. */
export function evidenceOf(change: Change): Evidence {
  const files = Object.entries(change.files ?? {});
  return {
    head: 'b'.repeat(40),
    profile: change.profile ?? null,
    ticket: { key: 'ISSUE-7', criteria: change.criteria ?? [] },
    settings: { ...DEFAULT_REPOSITORY_SETTINGS.gates, ...change.settings },
    changedFiles: () => Promise.resolve(files.map(([path, file]) => toChangedFile(path, file))),
    addedLines: () => Promise.resolve(files.flatMap(([path, file]) => toAddedLines(path, file))),
    paths: () => Promise.resolve(files.flatMap(([path, { head }]) => (head === undefined ? [] : [path]))),
    readFile(at, path) {
      const found = files.find(([name, { from }]) => (at === 'base' ? (from ?? name) : name) === path)?.[1];
      const content = at === 'base' ? found?.base : found?.head;
      return Promise.resolve(content === undefined ? null : toBytes(content));
    },
    readAgreed(path) {
      const agreed = change.files?.[path]?.agreed;
      return Promise.resolve(agreed === undefined ? null : toBytes(agreed));
    },
    run(command) {
      const missing = {
        kind: 'exited',
        code: 127,
        output: `sh: ${command}: not found`,
        durationMs: 2,
      } as const;
      return Promise.resolve(change.commands?.[command] ?? missing);
    },
    readReport(path) {
      const report = change.reports?.[path] ?? { kind: 'absent' };
      return Promise.resolve(
        typeof report === 'string' ? { kind: 'read', text: report, root: '/tree' } : report,
      );
    },
  };
}

/** A command that ran to its end in 1.5 s. */
/** A command that the sandbox has ended, though it had said that all was well. */
export const OVER_LIMIT: CommandResult = {
  kind: 'over-limit',
  limit: 'tree',
  reason: 'It made its tree larger than 10240 MiB.',
  remedy: 'Let it write less.',
  output: 'ok',
  durationMs: 9_000,
};

export function exited(code: number, output = ''): CommandResult {
  return { kind: 'exited', code, output, durationMs: 1_500 };
}

function toChangedFile(path: string, file: FileChange): ChangedFile {
  const added = toAddedLines(path, file).length;
  return {
    path,
    status: statusOf(file),
    ...(file.from === undefined ? {} : { from: file.from }),
    mode: file.head === undefined ? '000000' : '100644',
    additions: added,
    deletions: linesOf(file.base).filter((line) => !linesOf(file.head).includes(line)).length,
    binary: isBinary(file.head),
  };
}

function statusOf({ base, head, from }: FileChange): ChangedFile['status'] {
  if (from !== undefined) {
    return 'renamed';
  }
  if (base === undefined) {
    return 'added';
  }
  return head === undefined ? 'deleted' : 'modified';
}

/** Like git, says nothing of the lines of a binary file. */
function toAddedLines(path: string, { base, head }: FileChange): AddedLine[] {
  const before = linesOf(base);
  return isBinary(head)
    ? []
    : linesOf(head).flatMap((text, index) =>
        before.includes(text) ? [] : [{ path, line: index + 1, text }],
      );
}

function linesOf(content: string | Uint8Array | undefined): string[] {
  if (content === undefined || content.length === 0) {
    return [];
  }
  return new TextDecoder().decode(toBytes(content)).replace(/\n$/, '').split('\n');
}

function isBinary(content: string | Uint8Array | undefined): boolean {
  return content !== undefined && toBytes(content).includes(0);
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
