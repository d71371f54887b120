import { defineAttack } from '../attack.ts';
import { ended, without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'G9',
  title: 'links out of the tree, to read and to write through',
  prepare: ({ home, tripwire }) => {
    const outside = tripwire('link');
    const [directory, name] = [
      outside.slice(0, outside.lastIndexOf('/')),
      outside.slice(outside.lastIndexOf('/') + 1),
    ];
    return {
      acts: [
        { run: `ln -s ${directory} out; ln -s ${home}/.ssh/id_ed25519 key; ln -s ../../../../../../.. up` },
        { write: `out/${name}`, content: 'got out' },
        { write: `${'../'.repeat(12)}${outside.slice(1)}`, content: 'got out' },
        { read: 'key' },
        { run: `echo "export const sum = 1;" > src/sum.ts` },
      ],
    };
  },
  check: (seen) => [ended(seen, 'held'), without('what the agent saw', seen.results.join('\n'), 'canary-')],
});
