import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackageRegistry, startPackageRegistry } from '../support/package-registry.ts';
import { goodAgents } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';

let registry: PackageRegistry;
let scene: Scene;
beforeAll(async () => {
  registry = await startPackageRegistry([
    {
      name: 'checker',
      version: '1.0.0',
      files: { 'cli.js': '#!/usr/bin/env node\nconsole.log("the checker says yes");\n' },
      manifest: { bin: { checker: 'cli.js' } },
    },
  ]);
  const lock = registry.lock('checker');
  const manifest = { ...JSON.parse(lock['package.json']), scripts: { test: 'checker' } };
  const files = { ...SMALL, ...lock, 'package.json': JSON.stringify(manifest) };
  const foreign = lock['package-lock.json'].replace(registry.url, 'https://evil.example');
  scene = await setScene([files, { ...files, 'package-lock.json': foreign }], {
    BATON_REGISTRIES: `npm=${registry.url}`,
  });
});
afterAll(async () => {
  await scene.stop();
  await registry.close();
});

async function build(ticket: Ticket): Promise<void> {
  await ticket.comment('will', '/baton run');
  await ticket.run({ state: 'held', step: 'design-approval' });
  await ticket.comment('wilma', '/baton approve');
}

async function outputOf(ticket: Ticket) {
  const [branch] = await ticket.branches();
  const checks = await ticket.checks(branch?.commit.sha ?? '');
  const check = checks.find(({ name }) => name === 'baton / tests');
  return { conclusion: check?.conclusion, text: `${check?.output.summary}\n${check?.output.text}` };
}

describe('scenarios/dependencies', () => {
  it('tests find what the lock file names; the second run has it at hand', async () => {
    await scene.play(goodAgents());
    const ticket = await scene.open();
    await build(ticket);
    await ticket.run({ state: 'succeeded' });
    const first = await outputOf(ticket);
    expect(first.conclusion).toBe('success');
    expect(first.text).toMatch(/Dependencies: .*\n\$ checker\nthe checker says yes/);
    const asked = registry.asked.length;
    expect(asked).toBeGreaterThan(0);

    const next = await scene.open({ at: ticket.place });
    await build(next);
    await next.run({ state: 'succeeded' });
    expect((await outputOf(next)).text).toMatch(/Dependencies: from the cache\n/);
    expect(registry.asked).toHaveLength(asked);
    const { data: files } = await scene.stage
      .as('boss')
      .rest.pulls.listFiles({ ...next.place, pull_number: (await next.pulls())[0]?.number ?? 0 });
    expect(files.map(({ filename }) => filename)).toEqual(['src/sum.ts']);
  });

  it('a package from a host that nobody has allowed breaks the gate, with the remedy', async () => {
    const ticket = await scene.open();
    await build(ticket);
    await ticket.run({ state: 'held', step: 'gates' });
    const { conclusion, text } = await outputOf(ticket);
    expect(conclusion).not.toBe('success');
    expect(text).toContain('evil.example:443, which it was refused: it is not on the list of hosts');
    expect(text).toContain('BATON_INSTALL_HOSTS');
    expect(text).toContain('$ npm ci');
  });
});
