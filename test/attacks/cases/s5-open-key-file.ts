import { chmod, copyFile } from 'node:fs/promises';
import { defineAttack } from '../attack.ts';
import { containing, equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'S5',
  title: 'a private key that everybody on the machine may read',
  prepare: () => ({ aimsAtServer: true, acts: [{ run: 'true' }] }),
  async check(seen, { keyFile }) {
    const expectations = [];
    for (const mode of [0o644, 0o640, 0o604]) {
      const open = `${keyFile}.${mode.toString(8)}`;
      await copyFile(keyFile, open);
      await chmod(open, mode);
      const said = (await seen.startWith({ PRIVATE_KEY_PATH: open })) ?? 'it started';
      expectations.push(
        containing(`the refusal to start with mode ${mode.toString(8)}`, said, /chmod 600/),
        equal('lines of the key in it', /[A-Za-z0-9+/=]{60,}/.exec(said)?.length ?? 0, 0),
      );
    }
    return expectations;
  },
});
