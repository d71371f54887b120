/** Code points which some file systems leave out of names, so that `.g\u200cit` is `.git` there. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** Whether some file system takes this name for `.git`: a directory that makes git obey what lies in it. */
export function isGitName(name: string): boolean {
  return isSameName(name, '.git') || /^git~\d+$/i.test(name);
}

/** Whether some file system takes this name for `.gitmodules`. */
export function isGitModulesName(name: string): boolean {
  return isSameName(name, '.gitmodules') || /^gitmod~\d+$/i.test(name);
}

function isSameName(name: string, reserved: string): boolean {
  const plain = name.replaceAll(IGNORED, '').split(/[:\\]/, 1)[0] ?? '';
  return plain.replace(/[. ]+$/, '').toLowerCase() === reserved;
}
