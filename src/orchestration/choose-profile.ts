import type { Profile } from '../domain/profile.ts';

/** The first profile of which the base commit has one of the files; null when none fits. */
export async function chooseProfile(
  profiles: readonly Profile[],
  readBase: (path: string) => Promise<Uint8Array | null>,
): Promise<Profile | null> {
  for (const profile of profiles) {
    const found = await Promise.all(profile.when.map(readBase));
    if (found.some((file) => file !== null)) {
      return profile;
    }
  }
  return null;
}
