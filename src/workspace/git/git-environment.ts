/**
 * Settings that hold whatever a mirror's own configuration says, because git reads them last. They switch off all
 * that could run a program, read a file of the tree as configuration, or change the bytes of a file.
 */
const SETTINGS: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.untrackedCache', 'false'],
  ['core.attributesFile', '/dev/null'],
  ['core.excludesFile', '/dev/null'],
  ['core.pager', 'cat'],
  ['core.askPass', ''],
  ['core.autocrlf', 'false'],
  ['core.eol', 'lf'],
  ['core.safecrlf', 'false'],
  ['core.symlinks', 'true'],
  ['core.fileMode', 'true'],
  ['core.ignoreCase', 'false'],
  ['core.protectHFS', 'true'],
  ['core.protectNTFS', 'true'],
  ['core.quotePath', 'false'],
  ['credential.helper', ''],
  ['protocol.allow', 'never'],
  ['protocol.http.allow', 'always'],
  ['protocol.https.allow', 'always'],
  ['safe.bareRepository', 'explicit'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['push.gpgSign', 'false'],
  ['commit.gpgSign', 'false'],
  ['transfer.credentialsInUrl', 'die'],
  // Fetched objects stay in packs, so that loose objects are always our own commits (see mirrors/renew-mirror.ts).
  ['fetch.unpackLimit', '1'],
  ['checkout.workers', '0'],
  ['gc.autoDetach', 'false'],
  ['maintenance.autoDetach', 'false'],
];

/** A token and the remote it is for. */
export interface Credential {
  readonly url: string;
  readonly token: string;
}

/** The whole environment of one git process. Only a process that talks to the remote is given a credential. */
export function toGitEnvironment(
  given: Readonly<Record<string, string>>,
  credential: Credential | null,
): Record<string, string> {
  const settings = credential === null ? SETTINGS : [...SETTINGS, toAuthorization(credential)];
  const environment: Record<string, string> = {
    PATH: '/usr/bin:/bin',
    HOME: '/nonexistent',
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_ALLOW_PROTOCOL: 'http:https',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LFS_SKIP_SMUDGE: '1',
    ...given,
    GIT_CONFIG_COUNT: String(settings.length),
  };
  for (const [index, [key, value]] of settings.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return environment;
}

/** The header is bound to the remote's origin, so that git sends it nowhere else. */
function toAuthorization({ url, token }: Credential): readonly [string, string] {
  return [`http.${new URL(url).origin}/.extraHeader`, `Authorization: Basic ${toBasic(token)}`];
}

/** The form in which a token travels; it must be masked like the token itself. */
export function toBasic(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}
