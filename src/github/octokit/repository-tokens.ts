import type { Repository } from '../../domain/subject.ts';
import type { Access } from './access.ts';
import type { MintToken, RepositoryToken } from './mint-token.ts';
import type { Timer } from './timer.ts';

/** The tokens that are kept, one per repository and use. */
export interface RepositoryTokens {
  /** A token that is good for another five minutes at least. */
  get(repository: Repository, access: Access): Promise<RepositoryToken>;
  /** After GitHub did not accept a token: the next `get` makes a new one. */
  drop(repository: Repository, access: Access): void;
  /** After permissions changed, or the repositories (`all`: the installation) were taken away. */
  forget(installationId: number, lost: 'all' | readonly number[]): void;
}

interface Kept {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly token: Promise<RepositoryToken>;
  /** Infinite while the token is being made, so that everybody waits for the same one. */
  goodUntil: number;
}

export function createRepositoryTokens(timer: Timer, mint: MintToken): RepositoryTokens {
  const kept = new Map<string, Kept>();

  async function keep(key: string, repository: Repository, token: Promise<RepositoryToken>): Promise<void> {
    const { installationId, id } = repository;
    const entry: Kept = { installationId, repositoryId: id, token, goodUntil: Number.POSITIVE_INFINITY };
    kept.set(key, entry);
    try {
      entry.goodUntil = (await token).goodUntil;
    } catch {
      // Whoever asked for the token gets the error; the next one tries again.
      if (kept.get(key) === entry) {
        kept.delete(key);
      }
    }
  }

  return {
    get(repository, access) {
      const key = toKey(repository, access);
      const found = kept.get(key);
      if (found !== undefined && timer.now() < found.goodUntil) {
        return found.token;
      }
      const token = mint(repository, access);
      void keep(key, repository, token);
      return token;
    },
    drop(repository, access) {
      kept.delete(toKey(repository, access));
    },
    forget(installationId, lost) {
      for (const [key, one] of kept) {
        if (one.installationId === installationId && (lost === 'all' || lost.includes(one.repositoryId))) {
          kept.delete(key);
        }
      }
    },
  };
}

function toKey(repository: Repository, access: Access): string {
  return `${repository.installationId}/${repository.id}/${access}`;
}
