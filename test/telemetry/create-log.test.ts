import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/ports/log.ts';
import type { LogOptions } from '../../src/telemetry/create-log.ts';
import { createLog } from '../../src/telemetry/create-log.ts';

function logTo(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = createLog({
    level: 'info',
    format: 'json',
    secrets: [],
    write: (text) => void lines.push(text),
    ...options,
  });
  return { log, lines };
}

describe('src/telemetry/create-log', () => {
  it('is the Log port, and writes one JSON object per line', () => {
    const { log, lines } = logTo();
    const port: Log = log;
    port.info({ runId: 'run-1' }, 'the run has begun');
    port.debug({}, 'too detailed');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      runId: 'run-1',
      msg: 'the run has begun',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    expect(lines[0]).toMatch(/\}\n$/);
  });

  it('masks secrets in messages, fields, errors and the lines of children', () => {
    const { log, lines } = logTo({ secrets: ['correct horse battery'] });
    log.info({ body: { text: 'my correct horse battery' } }, 'it is correct horse battery');
    log.error({ error: new Error('refused correct horse battery') }, 'failed');
    log.child({ by: 'correct horse battery' }).warn('careful');
    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toContain('horse');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ error: { message: 'refused [secret]' } });
  });

  it.each(['authorization', 'x-hub-signature-256', 'cookie'])('hides the header %s', (header) => {
    const { log, lines } = logTo();
    const headers = { [header]: 'sensitive', accept: 'visible' };
    log.info({ headers }, 'by itself');
    log.info({ req: { headers } }, 'in a request');
    log.info({ error: { response: { headers } } }, 'in an error');
    expect(lines.join('')).not.toContain('sensitive');
    expect(lines.join('').match(/visible/g)).toHaveLength(3);
  });

  it('writes for people: time, level, message, fields and the stack', () => {
    const { log, lines } = logTo({ format: 'pretty', secrets: ['correct horse battery'] });
    log.warn({ runId: 'run-1', note: 'correct horse battery' }, 'the run waits');
    log.error({ error: new Error('broken \u001b[31m pipe') }, 'failed');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d WARN {2}the run waits runId="run-1" note="\[secret\]"\n$/);
    expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d ERROR failed\n {4}Error: broken .\[31m pipe\n {8}at /);
    expect(lines[1]).not.toContain('\u001b');
  });

  it('lets no text of strangers pass for a line of its own', () => {
    const text = 'x\n10:00:00 ERROR forged\r\u001b[2K\u0085\u009b1A';
    for (const format of ['pretty', 'json'] as const) {
      const lines: string[] = [];
      const log = createLog({ level: 'info', format, secrets: [], write: (line) => lines.push(line) });
      log.warn({ title: text, error: new Error(text) }, 'a delivery could not be handled');
      const printed = lines.join('').trimEnd().split('\n');
      expect(printed.filter((line) => /^\S/.test(line))).toHaveLength(1);
      expect(lines.join('')).not.toMatch(/[^\P{Cc}\n]/u);
    }
  });

  it('has written its last line when the process dies', () => {
    const script = `
      import { createLog } from './src/telemetry/create-log.ts';
      createLog({ level: 'info', format: 'json', secrets: [] }).error({}, 'last words');
      process.kill(process.pid, 'SIGKILL');
    `;
    const root = path.join(import.meta.dirname, '../..');
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root });
    expect(child.signal).toBe('SIGKILL');
    expect(child.stdout.toString()).toContain('"msg":"last words"');
  });
});
