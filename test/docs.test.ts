import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PLUG_INS } from '../src/catalog/plug-ins.ts';
import { readCatalog } from '../src/catalog/read-catalog.ts';
import { readDataFiles } from '../src/catalog/read-data-files.ts';
import { toCatalog } from '../src/catalog/to-catalog.ts';
import { SETTINGS } from '../src/config/settings-table.ts';
import type { Profile } from '../src/domain/profile.ts';
import { webhooks } from '../src/github/webhooks/registry.gen.ts';
import { toToolName } from '../src/mcp/tool.ts';
import { tools } from '../src/mcp/tools/registry.gen.ts';
import { readPins } from '../src/runtimes/packages/pin.ts';

const PAGES = [
  ...readdirSync('.').filter((file) => file.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
].toSorted();

interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
  /** The file that the block says it is from. */
  readonly source: string | null;
}

function linksOf(page: string): readonly string[] {
  const prose = readFileSync(page, 'utf8').replaceAll(/^ *```.*?^ *```$/gms, '');
  return [...prose.matchAll(/\]\((?<target>[^)\s]+)\)/g)]
    .map((match) => match.groups?.['target'] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** GitHub's way from a heading to its anchor. */
function anchorsOf(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (?<title>.+)$/gm)].map((match) =>
    (match.groups?.['title'] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isResolved(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  return existsSync(target) && (anchor === undefined || anchorsOf(target).includes(anchor));
}

function blocksOf(page: string): readonly Block[] {
  const fences = readFileSync(page, 'utf8').matchAll(
    /(?<before>[^\n]*)\n+^(?<indent> *)```(?<language>\w+)\n(?<text>.*?)^ *```$/gms,
  );
  return [...fences].map(({ groups = {} }) => {
    const link = /\bFrom \[[^\]]+\]\((?<path>[^)]+)\)/.exec(groups['before'] ?? '')?.groups?.['path'];
    return {
      page,
      language: groups['language'] ?? '',
      text: (groups['text'] ?? '').replaceAll(new RegExp(`^${groups['indent'] ?? ''}`, 'gm'), ''),
      source: link === undefined ? null : normalize(join(dirname(page), link)),
    };
  });
}

const BLOCKS = PAGES.flatMap(blocksOf);
const EXCERPTS = BLOCKS.flatMap((block) =>
  block.source === null ? [] : [{ ...block, source: block.source }],
);

/** The lines of an excerpt as they should follow one another in its file; `...` leaves lines out. */
function partsOf({ text, language }: Block): readonly string[] {
  return text
    .split(/^\s*(?:\/\/|#)? ?\.\.\.\n/m)
    .map((part) => (language === 'yaml' ? indentAs(part, 2) : part))
    .filter((part) => part.trim() !== '');
}

/** A step of a workflow is shown without the indentation it has in its file. */
function indentAs(part: string, spaces: number): string {
  return part.replaceAll(/^(?=.)/gm, ' '.repeat(spaces));
}

describe('docs', () => {
  test.each(PAGES)('%s has no broken link', (page) => {
    expect(linksOf(page).filter((link) => !isResolved(page, link))).toEqual([]);
  });

  test.each(EXCERPTS)('$page shows $source as it is', (block) => {
    const file = readFileSync(block.source, 'utf8');
    let from = 0;
    for (const part of partsOf(block)) {
      const found = file.indexOf(part, from);
      expect(found, `not in ${block.source}:\n${part}`).toBeGreaterThanOrEqual(from);
      from = found + part.length;
    }
  });

  test('shows an excerpt of a real file in each guide', () => {
    const guides = PAGES.filter((page) => page.startsWith('docs/guides/add-'));
    expect(guides.filter((guide) => !EXCERPTS.some(({ page }) => page === guide))).toEqual([]);
  });

  test('keeps each guide to one screen', () => {
    const long = PAGES.filter((page) => page.startsWith('docs/guides/')).filter(
      (page) => readFileSync(page, 'utf8').split('\n').length > 70,
    );
    expect(long).toEqual([]);
  });
});

describe('workflows in the docs', () => {
  const workflows = BLOCKS.filter(({ language, text }) => language === 'yaml' && /^steps:/m.test(text));

  test('are there', () => {
    expect(workflows.length).toBeGreaterThan(0);
  });

  test.each(workflows)('in $page are right', async ({ text }) => {
    const { name }: { readonly name: string } = parse(text);
    const { roles } = await readDataFiles('.');
    const catalog = toCatalog(
      { workflows: [{ path: `workflows/${name}.yaml`, text }], roles, profiles: [] },
      PLUG_INS,
    );
    expect([...catalog.workflows.keys()]).toEqual([name]);
  });
});

/** What a check of a profile runs, or may run. */
function toCommanded(check: Profile['checks'][string]): readonly { readonly command: string }[] {
  return 'command' in check ? [check] : (check.otherwise ?? []);
}

describe('docs/reference', async () => {
  const catalog = await readCatalog({ directory: '.' });
  const sections: Readonly<Record<string, readonly string[]>> = {
    'commands.md': [...catalog.commands.keys()],
    'gates.md': [...catalog.gates.keys()],
    'step-kinds.md': [...catalog.stepKinds.keys()],
    'workflows.md': [...catalog.workflows.keys()],
    'roles.md': [...catalog.roles.keys()],
    'profiles.md': catalog.profiles.map(({ name }) => name),
    'webhooks.md': webhooks.map(({ name }) => name),
    'mcp-tools.md': tools.map(toToolName),
    'configuration.md': Object.keys(SETTINGS),
  };

  test.each(Object.entries(sections))('%s has a section for each and for no other', (page, names) => {
    const titles = [...readFileSync(`docs/reference/${page}`, 'utf8').matchAll(/^## (?<title>.+)$/gm)];
    expect(titles.map((match) => match.groups?.['title'])).toEqual(names);
  });

  test('profiles.md prints commands as they are run', () => {
    const page = readFileSync('docs/reference/profiles.md', 'utf8').replaceAll('\\|', '|');
    const lines = catalog.profiles
      .flatMap(({ checks, install = [] }) => [install, ...Object.values(checks).map(toCommanded)])
      .flat()
      .flatMap((one) => ('command' in one ? one.command.trim().split('\n') : []));
    expect(lines).toContain('done');
    expect(lines.filter((line) => !page.includes(`\`${line.trim()}\``))).toEqual([]);
  });
});

describe('docs/adr/dependencies.md', () => {
  test('says of each dependency why it is there', () => {
    const manifests = ['package.json', ...readPins().map(({ directory }) => join(directory, 'package.json'))];
    const declared = manifests.flatMap((file) => {
      const manifest: Record<string, Record<string, string>> = JSON.parse(readFileSync(file, 'utf8'));
      return ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((kind) =>
        Object.keys(manifest[kind] ?? {}),
      );
    });
    const rows = readFileSync('docs/adr/dependencies.md', 'utf8').matchAll(/^\| `(?<name>[^`]+)` \|/gm);
    expect([...rows].map((row) => row.groups?.['name'] ?? '').toSorted()).toEqual(declared.toSorted());
  });
});
