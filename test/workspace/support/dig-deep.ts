import { execFileSync } from 'node:child_process';

/** Makes directories inside one another, each with a name of 200 letters: twenty of them are too long for one path. */
export function digDeep(directory: string, levels: number): void {
  const name = 'd'.repeat(200);
  const script = `i=0; while [ $i -lt ${levels} ]; do mkdir ${name} && cd -P ${name} || exit 1; i=$((i+1)); done; echo x > x`;
  // A shell steps down one level at a time, so it never needs the whole path.
  execFileSync('/bin/sh', ['-c', script], { cwd: directory });
}
