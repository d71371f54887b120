import { defineAttack } from '../attack.ts';
import { ended } from '../expectations.ts';

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 1000\n`;

export const attack = defineAttack({
  id: 'G8',
  title: 'LFS: a pointer, and an .lfsconfig that names another host',
  naiveHolds: 'no git-lfs is installed where the tests run; where it is, git clone calls that host',
  prepare: ({ egress }) => ({
    files: {
      '.lfsconfig': `[lfs]\n\turl = ${egress}/lfs\n`,
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
      'data.bin': POINTER,
    },
    acts: [{ run: 'echo "export const sum = 1;" > src/sum.ts' }],
  }),
  check: (seen) => [ended(seen, 'done')],
});
