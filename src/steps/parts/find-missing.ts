import type { Block } from '../../domain/markdown/block.ts';
import { readMarkdown } from '../../domain/markdown/read-markdown.ts';
import { sectionOf } from '../../domain/markdown/section-of.ts';
import type { StepWorld } from '../../domain/step-kind.ts';

/** Changed files that are looked through, and names that are looked for. */
const MOST_FILES = 100;
const MOST_NAMES = 50;

/** Documents and tests speak of an interface whether it is there or not. */
const NOT_BUILT =
  /\.mdx?$|(?:^|\/)(?:tests?|__tests__|specs?)\/|[._-](?:test|spec)\.\w+$|(?:^|\/)test_[^/]+$/;

const SPAN = /`([A-Za-z_$][\w$]*)[^`]{0,200}`/g;

/** The interfaces that a plan names under `Public interfaces` and that are in no changed file beside documents and tests. */
export async function findMissing(
  world: Pick<StepWorld, 'readFile' | 'changedFiles'>,
  plan: string,
): Promise<readonly string[]> {
  const bytes = await world.readFile(plan);
  const names = bytes === null ? [] : readInterfaces(new TextDecoder().decode(bytes));
  if (names.length === 0) {
    return [];
  }
  const changed = (await world.changedFiles()).filter(
    ({ path, status, binary }) => status !== 'deleted' && !binary && !NOT_BUILT.test(path),
  );
  const texts = await Promise.all(
    changed.slice(0, MOST_FILES).map(async ({ path }) => {
      const file = await world.readFile(path);
      return file === null ? '' : new TextDecoder().decode(file);
    }),
  );
  const words = new Set(texts.flatMap((text) => text.match(/[A-Za-z_$][\w$]*/g) ?? []));
  return names.filter((name) => !words.has(name));
}

/** The first word of each code span in the section; paths are no interfaces. */
function readInterfaces(text: string): readonly string[] {
  const section = sectionOf(readMarkdown(text), /^public interfaces$/i);
  const spans = (section?.blocks ?? []).flatMap(textsOf).flatMap((one) => [...one.matchAll(SPAN)]);
  const names = spans.filter(([span]) => !/[/\\]|\.\w{1,5}`$/.test(span)).map(([, name = '']) => name);
  return [...new Set(names)].slice(0, MOST_NAMES);
}

function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'list':
      return block.items.flatMap((item) => [item.text, ...item.blocks.flatMap(textsOf)]);
    case 'table':
      return block.rows.flatMap(({ cells }) => cells);
    case 'quote':
      return block.blocks.flatMap(textsOf);
    case 'paragraph':
    case 'heading':
      return [block.text];
    case 'code':
    case 'html':
      return [];
  }
}
