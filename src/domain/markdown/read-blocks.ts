import type { Token } from 'markdown-it';
import type { Block, List, ListItem, Table } from './block.ts';

/** A token with what stands between it and its closing token. */
interface Node {
  readonly token: Token;
  readonly children: Node[];
}

/** The blocks that a flat list of tokens stands for. */
export function readBlocks(tokens: readonly Token[]): readonly Block[] {
  return toBlocks(nest(tokens));
}

function nest(tokens: readonly Token[]): readonly Node[] {
  const root: Node[] = [];
  const open: Node[][] = [root];
  for (const token of tokens) {
    if (token.nesting < 0) {
      open.pop();
      continue;
    }
    const node: Node = { token, children: [] };
    open.at(-1)?.push(node);
    if (token.nesting > 0) {
      open.push(node.children);
    }
  }
  return root;
}

function toBlocks(nodes: readonly Node[]): readonly Block[] {
  return nodes.flatMap((node) => toBlock(node) ?? []);
}

function toBlock(node: Node): Block | null {
  const { token, children } = node;
  const line = lineOf(node);
  switch (token.type) {
    case 'heading_open':
      return { kind: 'heading', depth: Number(token.tag.slice(1)), text: inlineOf(node), line };
    case 'paragraph_open':
      return { kind: 'paragraph', text: inlineOf(node), line };
    case 'fence':
    case 'code_block':
      return { kind: 'code', language: languageOf(token), text: token.content, line };
    case 'html_block':
      return { kind: 'html', text: token.content, line };
    case 'blockquote_open':
      return { kind: 'quote', blocks: toBlocks(children), line };
    case 'bullet_list_open':
    case 'ordered_list_open':
      return toList(node);
    case 'table_open':
      return toTable(node);
    default:
      return null;
  }
}

/** The first word behind the fence; indented code has none. */
function languageOf({ info }: Token): string {
  return info.trim().split(/\s/)[0] ?? '';
}

function toList(node: Node): List {
  return {
    kind: 'list',
    ordered: node.token.type === 'ordered_list_open',
    items: node.children.map(toItem),
    line: lineOf(node),
  };
}

const BOX = /^\[([ xX])\]\s+/;

function toItem(node: Node): ListItem {
  const [first, ...rest] = node.children;
  const isText = first?.token.type === 'paragraph_open';
  const text = isText && first !== undefined ? inlineOf(first) : '';
  return {
    task: toTask(BOX.exec(text)?.[1]),
    text: text.replace(BOX, ''),
    blocks: toBlocks(isText ? rest : node.children),
    line: lineOf(node),
  };
}

function toTask(mark: string | undefined): ListItem['task'] {
  if (mark === undefined) {
    return null;
  }
  return mark === ' ' ? 'open' : 'done';
}

function toTable(node: Node): Table {
  const rows = node.children.flatMap((part) => part.children).map(toRow);
  const [header, ...others] = rows;
  return { kind: 'table', header: header?.cells ?? [], rows: others, line: lineOf(node) };
}

function toRow(row: Node): Table['rows'][number] {
  return { cells: row.children.map(inlineOf), line: lineOf(row) };
}

/** The inline Markdown that a node holds directly. */
function inlineOf({ children }: Node): string {
  return children[0]?.token.content.trim() ?? '';
}

/** The parser counts from 0. */
function lineOf({ token }: Node): number {
  return (token.map?.[0] ?? 0) + 1;
}
