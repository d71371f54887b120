import { type Document, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import type { CatalogFault } from './fault.ts';
import { toPosition, toYamlSource, type YamlSource, type YamlText } from './yaml-source.ts';

/** Faults whose usual words speak to a programmer. */
const REWORDED: Partial<Record<YAMLError['code'], Pick<CatalogFault, 'message' | 'remedy'>>> = {
  DUPLICATE_KEY: { message: 'a key stands here twice', remedy: 'Keep one of the two.' },
  MULTIPLE_DOCS: { message: 'a second document begins here', remedy: 'Put it into a file of its own.' },
  TAG_RESOLVE_FAILED: { message: 'tags are not read here', remedy: 'Write the plain value.' },
};

/**
 * Reads YAML 1.2 with its core schema: no merge keys, no tags, no aliases, no key twice.
 * What it means is then what it says, and it cannot grow when it is read.
 */
export function readYaml(file: string, text: string): YamlSource | readonly CatalogFault[] {
  const { document, lines } = parse(text);
  const faults = [
    ...[...document.errors, ...document.warnings].map(({ code, pos, message }) => ({
      file,
      ...toPosition(lines, pos[0]),
      ...(REWORDED[code] ?? { message: message.replace(/\.$/, ''), remedy: 'Correct the YAML.' }),
    })),
    ...findAliases(document).map((offset) => ({
      file,
      ...toPosition(lines, offset),
      message: 'aliases are not read here',
      remedy: 'Write the value out.',
    })),
  ];
  return faults.length > 0 ? faults : toYamlSource(file, document.toJS(), () => parse(text));
}

function parse(text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  return { document, lines };
}

function findAliases(document: Document): readonly number[] {
  const offsets: number[] = [];
  visit(document, {
    Alias(_key, node) {
      offsets.push(node.range?.[0] ?? 0);
    },
  });
  return offsets;
}
