/** Home directory inside: private and empty. */
export const HOME = '/home/agent';

/** Variables that make the loader, a shell, an interpreter, npm or git run or load something. */
const DENIED =
  /^(?:LD_.*|DYLD_.*|GLIBC_TUNABLES|GCONV_PATH|LOCPATH|NODE_OPTIONS|NODE_PATH|NODE_REPL_EXTERNAL_MODULE|GIT_.*|SSH_.*|BASH_ENV|ENV|SHELLOPTS|BASHOPTS|BASH_FUNC_.*|PS4|PROMPT_COMMAND|IFS|CDPATH|PYTHONSTARTUP|PYTHONPATH|PYTHONHOME|PERL5OPT|PERL5LIB|PERL5DB|RUBYOPT|RUBYLIB|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|PATH|HOME|LANG|NPM_CONFIG_(?!(?:REGISTRY|CACHE|OFFLINE|IGNORE_SCRIPTS)$).*)$/i;

/** Names in an environment that must not be set; empty when it is harmless. */
export function findDenied(environment: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(environment).filter(
    (name) => DENIED.test(name) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
  );
}

/** The whole environment of a sandboxed process. */
export function toEnvironment(
  given: Readonly<Record<string, string>>,
  path: readonly string[],
): Readonly<Record<string, string>> {
  return { ...given, PATH: path.map((entry) => inHome(entry)).join(':'), HOME, LANG: 'C.UTF-8' };
}

/** A path inside: one that begins with `~/` lies in the home. */
export function inHome(path: string): string {
  return path.replace(/^~\//, `${HOME}/`);
}
