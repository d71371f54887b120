import { compareConfigurations } from '../catalog/compare-configurations.ts';
import { CatalogError, type CatalogFault } from '../catalog/fault.ts';
import { isConfiguration } from '../catalog/read-repository-files.ts';
import type { Change } from '../domain/change.ts';
import type { ConfigurationPreview } from '../domain/configuration-preview.ts';
import type { Finding } from '../domain/finding.ts';
import type { Subject } from '../domain/subject.ts';
import { NoBaseError } from '../ports/workspace.ts';
import type { Parts } from './parts.ts';

/** What a change would make of the configuration; null when it leaves that alone, or is no longer proposed. */
export async function previewConfiguration(
  { workspace, catalogAt }: Pick<Parts, 'workspace' | 'catalogAt'>,
  subject: Subject,
  change: Change,
): Promise<ConfigurationPreview | null> {
  const { repository } = subject;
  const commits = await workspace.readChange(subject, change).catch(nullWhenGone);
  if (commits === null) {
    return null;
  }
  const files = await workspace.changedFiles(repository, commits.mergeBase, change.headSha);
  if (!files.some(({ path, from }) => isConfiguration(path) || isConfiguration(from ?? ''))) {
    return null;
  }
  const [before, after] = await Promise.all([
    catalogAt(repository, commits.mergeBase).catch(toFaults),
    catalogAt(repository, change.headSha).catch(toFaults),
  ]);
  return Array.isArray(after)
    ? { kind: 'faulty', faults: after.map(toFinding) }
    : { kind: 'right', changes: compareConfigurations(Array.isArray(before) ? null : before, after) };
}

function nullWhenGone(error: unknown): null {
  if (error instanceof NoBaseError) {
    return null;
  }
  throw error;
}

function toFaults(error: unknown): CatalogFault[] {
  if (error instanceof CatalogError) {
    return [...error.faults];
  }
  throw error;
}

function toFinding({ file, line, message, remedy }: CatalogFault): Finding {
  return { path: file, line, message: `${message}. ${remedy}`, severity: 'error' };
}
