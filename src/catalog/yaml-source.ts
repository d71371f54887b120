import { type Document, isAlias, isMap, isNode, isScalar, type LineCounter, type Node, visit } from 'yaml';
import type { CatalogFault } from './fault.ts';

/** A value of a YAML file by its keys, such as `['steps', 0, 'with']`. */
export type YamlPath = readonly PropertyKey[];

/** A place in a file, counted from 1. */
export type Position = Pick<CatalogFault, 'line' | 'column'>;

/** A YAML file that could be read: its value, and where each part of it stands. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** Where the value of `path` stands; its nearest parent when it is not there. */
  locate(path: YamlPath): Position;
  /** Where the key `key` of the map at `path` stands. */
  locateKey(path: YamlPath, key: string): Position;
  /** Where the first text `text` under `path` stands; the place of `path` when there is none. */
  locateText(path: YamlPath, text: string): Position;
}

/** The position of a character in a file; the first one where the file is empty. */
export function toPosition(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** A text as it was parsed, and where its lines begin. */
export interface YamlText {
  readonly document: Document;
  readonly lines: LineCounter;
}

/**
 * Makes the parts of a value findable. A document takes many times the room of its value, and only who found a fault
 * asks for a place: so the text is parsed anew for the first who asks, rather than kept for all.
 */
export function toYamlSource(file: string, value: unknown, parse: () => YamlText): YamlSource {
  let parsed: YamlText | null = null;
  function read(): YamlText {
    parsed ??= parse();
    return parsed;
  }
  function find(path: YamlPath): Node | null {
    return findNode(read().document, path);
  }
  function at(offset: number | undefined, path: YamlPath): Position {
    return offset === undefined ? locate(path) : toPosition(read().lines, offset);
  }
  function locate(path: YamlPath): Position {
    const offset = find(path)?.range?.[0];
    return path.length === 0 ? toPosition(read().lines, offset ?? 0) : at(offset, path.slice(0, -1));
  }
  return {
    file,
    value,
    locate,
    locateKey: (path, key) => at(findKey(find(path), key), path),
    locateText: (path, text) => at(findText(find(path), text), path),
  };
}

function findNode(document: Document, path: YamlPath): Node | null {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) && !isAlias(node) ? node : null;
}

function findKey(node: Node | null, key: string): number | undefined {
  const pair = isMap(node)
    ? node.items.find((item) => isScalar(item.key) && item.key.value === key)
    : undefined;
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

function findText(node: Node | null, text: string): number | undefined {
  let found: number | undefined;
  if (node !== null) {
    visit(node, {
      Scalar(key, scalar) {
        if (key === 'key' || scalar.value !== text) {
          return undefined;
        }
        found = scalar.range?.[0];
        return visit.BREAK;
      },
    });
  }
  return found;
}
