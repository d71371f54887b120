import { CatalogError } from '../catalog/fault.ts';
import { DEFAULT_REPOSITORY_SETTINGS, type ReviewEvent } from '../domain/repository-settings.ts';
import type { Repository } from '../domain/subject.ts';
import type { Parts } from './parts.ts';

/**
 * The events that start a review in a repository, by the settings on its default branch. When those have a fault all do:
 * the run says then which, instead of nothing.
 */
export async function readReviewEvents(
  { workspace, catalogAt }: Pick<Parts, 'workspace' | 'catalogAt'>,
  repository: Repository,
): Promise<readonly ReviewEvent[]> {
  try {
    const { sha } = await workspace.readBase(repository);
    return (await catalogAt(repository, sha)).settings.reviews.on;
  } catch (error) {
    if (error instanceof CatalogError) {
      return DEFAULT_REPOSITORY_SETTINGS.reviews.on;
    }
    throw error;
  }
}
