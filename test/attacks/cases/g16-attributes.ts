import { defineAttack } from '../attack.ts';
import { equal } from '../expectations.ts';

const ATTRIBUTES = '* text eol=crlf ident export-subst\n*.txt working-tree-encoding=UTF-16 filter=lfs\n';
const BYTES = '$Id$ $Format:%H$ one\r\ntwo\n';

export const attack = defineAttack({
  id: 'G16',
  title: 'attributes that change bytes on their way: ident, eol, encoding, export-subst, filters',
  prepare: () => ({
    files: { '.gitattributes': ATTRIBUTES },
    acts: [{ write: 'src/sum.ts', content: BYTES }],
  }),
  check: ({ proposed }) => [
    equal('the bytes of the file', proposed.files.find(({ path }) => path === 'src/sum.ts')?.text, BYTES),
  ],
});
