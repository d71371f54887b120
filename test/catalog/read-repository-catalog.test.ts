import { basename, dirname } from 'node:path/posix';
import { describe, expect, test } from 'vitest';
import { CatalogError } from '../../src/catalog/fault.ts';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { type RepositoryCatalog, readRepositoryCatalog } from '../../src/catalog/read-repository-catalog.ts';
import type { RepositoryReader } from '../../src/catalog/read-repository-files.ts';
import { anOffer } from '../support/offers.ts';

const SERVER = {
  plugIns: PLUG_INS,
  files: {
    workflows: [workflow('feature', 'builder'), workflow('research', 'builder')].map((text, index) => ({
      path: `workflows/${['feature', 'research'][index]}.yaml`,
      text,
    })),
    roles: [{ path: 'roles/builder.md', text: role('builder', 'Write little.') }],
    profiles: [],
  },
};

function workflow(name: string, by: string): string {
  return `name: ${name}\ndescription: Does ${name}.\nsteps:\n  - { id: build, kind: agent, with: { role: ${by} } }\n`;
}

function role(name: string, brief: string): string {
  return `---\nname: ${name}\ndescription: x\n---\n${brief}\n`;
}

function readerOf(files: Readonly<Record<string, string | Uint8Array>>): RepositoryReader {
  return {
    readFile: async (path) => (files[path] === undefined ? null : Buffer.from(files[path])),
    listFiles: async (directory) =>
      Object.keys(files)
        .filter((path) => dirname(path) === directory)
        .map((path) => basename(path)),
  };
}

function read(files: Readonly<Record<string, string | Uint8Array>>): Promise<RepositoryCatalog> {
  return readRepositoryCatalog(SERVER, readerOf(files));
}

async function faultsOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  const failure: unknown = await read(files).then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(CatalogError);
  return failure instanceof CatalogError ? failure.message.split('\n') : [];
}

describe('src/catalog/read-repository-catalog.ts', () => {
  test('is the server’s, with defaults, in a repository that brings nothing', async () => {
    const { catalog, settings } = await read({ 'README.md': 'x' });
    expect([...catalog.workflows.keys()]).toEqual(['feature', 'research']);
    expect(settings).toMatchObject({
      labels: {},
      triage: { minConfidence: 0.7 },
      reviews: { on: ['opened', 'synchronize', 'labeled'] },
      debt: { maxPerRun: 5, labels: ['tech-debt'] },
      gates: { modes: {}, protectedFiles: [] },
    });
  });

  test('puts the repository’s workflows and roles over the server’s, and adds the new ones', async () => {
    const { catalog } = await read({
      '.github/baton/workflows/feature.yaml': workflow('feature', 'tester'),
      '.github/baton/workflows/release.yaml': workflow('release', 'builder'),
      '.github/baton/roles/tester.md': role('tester', 'Test.'),
      '.github/baton/roles/builder.md': role('builder', 'Write much.'),
      '.github/baton/roles/README.md': 'Our roles.',
    });
    expect([...catalog.workflows.keys()]).toEqual(['research', 'feature', 'release']);
    expect(Object.keys(catalog.define('feature').roles)).toEqual(['tester']);
    expect(catalog.define('research').roles['builder']?.brief).toBe('Write much.');
    expect(catalog.workflowForLabel('baton:release')?.name).toBe('release');
  });

  test('leaves the server’s catalog as it is', async () => {
    await read({ '.github/baton/roles/builder.md': role('builder', 'Write much.') });
    const { catalog } = await read({});
    expect(catalog.roles.get('builder')?.brief).toBe('Write little.');
  });

  test('reads the settings, which may name the repository’s own workflows', async () => {
    const { settings } = await read({
      '.github/baton.yml':
        'labels:\n  Bug: feature\n  "good first issue": release\ndebt: { maxPerRun: 0 }\nreviews: { on: [] }\n',
      '.github/baton/workflows/release.yaml': workflow('release', 'builder'),
    });
    expect(settings).toMatchObject({
      labels: { Bug: 'feature', 'good first issue': 'release' },
      triage: { minConfidence: 0.7 },
      reviews: { on: [] },
      debt: { maxPerRun: 0, labels: ['tech-debt'] },
      gates: { modes: {}, protectedFiles: [] },
    });
  });

  test('takes modes of gates and policies for files, but none that would take a guard away', async () => {
    const { settings } = await read({
      '.github/baton.yml':
        'gates: { modes: { lint: informational }, protectedFiles: [{ glob: db/**, policy: block }, { glob: a }] }\n',
    });
    expect(settings.gates).toEqual({
      modes: { lint: 'informational' },
      protectedFiles: [
        { glob: 'db/**', policy: 'block' },
        { glob: 'a', policy: 'hold' },
      ],
    });
    expect(await faultsOf({ '.github/baton.yml': 'gates:\n  modes:\n    secrets: informational\n' })).toEqual(
      ['.github/baton.yml:3:5: secrets is always strict. Take it out of the modes.'],
    );
  });

  test('takes hosts for installations by their names only', async () => {
    const { settings } = await read({
      '.github/baton.yml': 'install: { scripts: true, hosts: [Files.example.com, "npm.example.com:8443"] }\n',
    });
    expect(settings.install).toEqual({
      enabled: true,
      scripts: true,
      hosts: ['files.example.com', 'npm.example.com:8443'],
    });
    for (const host of ['10.0.0.1', 'https://a.example', '*.example.com', 'a.example/b', 'a.example:0']) {
      expect(await faultsOf({ '.github/baton.yml': `install: { hosts: ["${host}"] }\n` })).toEqual([
        expect.stringContaining('must be the name of a host'),
      ]);
    }
  });

  test.each(['', '# nothing yet\n', '{}\n'])('takes settings that say nothing: %j', async (text) => {
    const { settings } = await read({ '.github/baton.yml': text });
    expect(settings.triage.minConfidence).toBe(0.7);
  });

  test('reports every fault of every file at once, with its place and remedy', async () => {
    const faults = await faultsOf({
      '.github/baton.yml': [
        'labels:',
        '  Bug: feature',
        '  bug: featur',
        'triage: { minConfidence: 2 }',
        'reviews: { on: [closed] }',
        'debt: { maxPerRun: 21 }',
        'colour: red',
        '',
      ].join('\n'),
      '.github/baton.yaml': 'labels: {}',
      '.github/baton/workflows/release.yml': workflow('release', 'builder'),
      '.github/baton/workflows/ship.yaml': workflow('ship', 'sailor'),
      '.github/baton/workflows/Big\nName.yaml': workflow('big', 'builder'),
      '.github/baton/roles/latin.md': Uint8Array.from([0x2d, 0xe9]),
      '.github/baton/roles/long.md': role('long', 'x'.repeat(65_536)),
    });
    expect(faults).toEqual([
      '.github/baton.yaml:1:1: this file is not read. Rename it to .github/baton.yml.',
      ".github/baton.yml:3:3: 'bug' is the same label as 'Bug': upper and lower case are the same. Keep one of the two.",
      ".github/baton.yml:3:8: there is no workflow 'featur'. Write .github/baton/workflows/featur.yaml, or name feature, research, ship.",
      '.github/baton.yml:4:26: `triage.minConfidence` is wrong: Too big: expected number to be <=1. Correct the value.',
      '.github/baton.yml:5:17: `reviews.on[0]` is wrong: Invalid option: expected one of "opened"|"synchronize"|"labeled". Use one of: opened, synchronize, labeled.',
      '.github/baton.yml:6:20: `debt.maxPerRun` is wrong: Too big: expected number to be <=20. Correct the value.',
      '.github/baton.yml:7:1: `colour` is not known here. Remove it, or correct its spelling.',
      '.github/baton/roles/latin.md:1:1: the file is not UTF-8 text. Save it as UTF-8.',
      '.github/baton/roles/long.md:1:1: the file has 65571 bytes. Keep it to 64 KiB.',
      '.github/baton/workflows/Big?Name.yaml:1:1: this file is not read, because of its name. Name it in lower-case words joined by hyphens, with .yaml at the end.',
      '.github/baton/workflows/release.yml:1:1: this file is not read, because of its name. Name it in lower-case words joined by hyphens, with .yaml at the end.',
      ".github/baton/workflows/ship.yaml:4:45: there is no role 'sailor'. Write .github/baton/roles/sailor.md, or name builder.",
    ]);
  });

  test('blames the repository’s file when a label of it is taken', async () => {
    const faults = await faultsOf({
      '.github/baton/workflows/again.yaml': `labels: [Baton:Feature]\n${workflow('again', 'builder')}`,
    });
    expect(faults).toEqual([
      ".github/baton/workflows/again.yaml:1:10: the label 'Baton:Feature' starts feature already. Take it out of one of the two.",
    ]);
  });

  test('lets no label of an issue choose a workflow for pull requests', async () => {
    const faults = await faultsOf({
      '.github/baton.yml': 'labels: { bug: look }\n',
      '.github/baton/workflows/look.yaml': `subject: pull-request\n${workflow('look', 'builder')}`,
    });
    expect(faults).toEqual([
      '.github/baton.yml:1:16: look is about pull requests, so no label of an issue can choose it. Name feature, research.',
    ]);
  });

  test('faults a workflow that cannot be read once, not again where a label names it', async () => {
    const faults = await faultsOf({
      '.github/baton.yml': 'labels: { bug: broken }\n',
      '.github/baton/workflows/broken.yaml': 'name: [\n',
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['.github/baton/workflows/broken.yaml']);
  });

  test('reads no more files than a person would write', async () => {
    const many = Array.from({ length: 51 }, (_, index) => [`.github/baton/roles/r${index}.md`, 'x']);
    expect(await faultsOf(Object.fromEntries(many))).toEqual([
      '.github/baton/roles:1:1: there are 51 roles. Keep at most 50.',
    ]);
  });

  describe('agents', () => {
    const offer = anOffer({ runtimes: ['claude', 'ai-sdk'], otherRuntimes: ['acp'], turns: 50 });

    function readOffered(settings: string): Promise<RepositoryCatalog> {
      return readRepositoryCatalog({ ...SERVER, offer }, readerOf({ '.github/baton.yml': settings }));
    }

    test('are fixed in what a run does', async () => {
      const own = 'runtime: ai-sdk, model: opus, turns: 40, minutes: 30, tools: [read]';
      const { catalog } = await readOffered(`agents:\n  builder: { ${own} }\n`);
      expect(catalog.define('feature')).toMatchObject({
        roles: { builder: { tools: ['read'] } },
        setups: {
          builder: {
            candidates: [
              { runtime: 'ai-sdk', model: 'large' },
              { runtime: 'claude', model: 'large' },
            ],
            turns: 40,
            minutes: 30,
          },
        },
      });
    });

    test('are told all that is wrong with them at once, also beside other faults', async () => {
      const text = [
        'colour: red',
        'agents:',
        '  bilder: {}',
        '  builder:',
        '    runtime: [claude, codex]',
        '    model: gpt-5',
        '    tools: [read, bash]',
        '    turns: 0',
        '  nobody: { model: a b }',
      ].join('\n');
      const failure: unknown = await readOffered(text).catch((error: unknown) => error);
      expect(String(failure).split('\n')).toEqual([
        expect.stringContaining('.github/baton.yml:1:1: `colour` is not known here'),
        expect.stringContaining(".github/baton.yml:3:3: there is no role 'bilder'. Name one of: builder."),
        expect.stringContaining('.github/baton.yml:8:12: `agents.builder.turns` is wrong'),
        expect.stringContaining(".github/baton.yml:9:3: there is no role 'nobody'"),
        expect.stringContaining('.github/baton.yml:9:20: `agents.nobody.model` is wrong'),
      ]);
      const mended: unknown = await readOffered(text.replace('    turns: 0\n', '')).catch(
        (error: unknown) => error,
      );
      expect(String(mended)).toContain(
        ".github/baton.yml:5:23: the runtime 'codex' is not offered on this server. Use one of: claude, ai-sdk, acp.",
      );
      expect(String(mended)).toContain(
        ".github/baton.yml:6:12: the model 'gpt-5' is not offered on this server. Use one of: opus, sonnet, haiku, inherit, large",
      );
      expect(String(mended)).toContain('.github/baton.yml:7:19: builder does not have the tool bash.');
    });

    test('name a runtime that has the model', async () => {
      const models = { ...offer.models, opus: [{ model: 'gpt', runtime: 'acp' }] };
      const reading = readRepositoryCatalog(
        { ...SERVER, offer: { ...offer, models } },
        readerOf({ '.github/baton.yml': 'agents: { builder: { model: gpt } }' }),
      );
      await expect(reading).rejects.toThrow('none of the runtimes that would be asked has the model gpt');
    });

    test('that a role names in its own file must be offered, too', async () => {
      const text = role('builder', 'Write.').replace('description', 'runtime: codex\ndescription');
      const reading = readRepositoryCatalog(
        { ...SERVER, offer },
        readerOf({ '.github/baton/roles/builder.md': text }),
      );
      await expect(reading).rejects.toThrow("builder.md:3:10: the runtime 'codex' is not offered");
    });
  });

  test('reads .claude/pipeline.yaml, under what .github/baton.yml says', async () => {
    const { settings } = await read({
      '.claude/pipeline.yaml': 'orchestrator:\n  max_retries: 3\n  coverage_threshold: 90\n',
      '.github/baton.yml': 'delivery: { maxRetries: 4 }\n',
    });
    expect(settings.delivery).toEqual({ maxRetries: 4, coverageThreshold: 90 });
    expect((await read({ '.claude/pipeline.yaml': '' })).settings.delivery).toEqual({});
  });

  test('names each fault of .claude/pipeline.yaml where it stands', async () => {
    const text = 'orchestrator:\n  max_retries: none\n  coverage_treshold: 90\n  latency_target_ms: -1\n';
    expect(await faultsOf({ '.claude/pipeline.yaml': text })).toEqual([
      expect.stringMatching(/^\.claude\/pipeline\.yaml:2:16: .*max_retries.* is wrong/),
      expect.stringMatching(/^\.claude\/pipeline\.yaml:3:3: .*coverage_treshold.* is not known here/),
      expect.stringMatching(/^\.claude\/pipeline\.yaml:4:22: .*latency_target_ms.* is wrong/),
    ]);
  });
});
