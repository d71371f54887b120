/** What is known of a surface on GitHub: where it is and what was last written there. */
export interface SurfaceRecord {
  /** GitHub's id of the comment or check run, or the number of the pull request. */
  readonly remoteId: number;
  readonly url: string;
  /** Digest of what was last written; equal means there is nothing to write. */
  readonly hash: string;
}

/** Remembers surfaces across processes, by owner (a run id or an intent key) and surface key. */
export interface SurfaceRecords {
  find(owner: string, key: string): Promise<SurfaceRecord | null>;
  save(owner: string, key: string, record: SurfaceRecord): Promise<void>;
}
