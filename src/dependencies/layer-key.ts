import { createHash } from 'node:crypto';
import type { InstallRequest } from '../ports/dependencies.ts';

/** Goes up when layers are made in another way. */
const FORMAT = 1;

/** What an installation depends on besides the request. */
export interface Surroundings {
  /** What the programs that install said of their versions. */
  readonly toolchain: string;
  /** The environment of the command that decides what is installed. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The same for installations that make the same, and only for these. */
export function toLayerKey(request: InstallRequest, { toolchain, environment }: Surroundings): string {
  const { installer, files, repository, hosts } = request;
  const { command, into, scratch } = installer;
  const meaning = {
    format: FORMAT,
    // Who writes in one repository has no say in what another gets.
    repository,
    command,
    into,
    scratch,
    hosts: hosts.toSorted(),
    environment: sorted(Object.entries(environment)),
    toolchain,
    platform: [process.platform, process.arch],
    files: sorted([...files]).map(([path, bytes]) => [path, sha256(bytes)]),
  };
  return sha256(JSON.stringify(meaning));
}

function sorted<Value>(entries: readonly (readonly [string, Value])[]) {
  return entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
