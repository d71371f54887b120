import { defineAttack } from '../attack.ts';
import { containing, ended } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G7',
  title: 'submodules: in the base with a hostile address, and a .gitmodules from the agent',
  prepare: ({ egress, tripwire }) => {
    const modules = [
      `[submodule "lib"]\n\tpath = lib\n\turl = ${egress}/lib.git\n\tupdate = !touch ${tripwire('update')}`,
      `[submodule "ext"]\n\tpath = ext\n\turl = ext::sh -c touch% ${tripwire('ext')}`,
      '[submodule "cr"]\n\tpath = "cr\\r"\n\turl = --upload-pack=x',
    ].join('\n');
    return {
      files: { '.gitmodules': `${modules}\n` },
      before: `git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),lib`,
      acts: [
        { run: `printf '[submodule "new"]\\n\\tpath = new\\n\\turl = ${egress}/new.git\\n' >> .gitmodules` },
        { run: 'echo "export const sum = 1;" > src/sum.ts' },
      ],
    };
  },
  check: (seen) => [ended(seen, 'held'), containing('what people are shown', seen.shown, '.gitmodules')],
});
