/** A part of a Markdown document. `text` is inline Markdown as it was written; `line` counts from 1. */
export type Block =
  | { readonly kind: 'heading'; readonly depth: number; readonly text: string; readonly line: number }
  | { readonly kind: 'paragraph'; readonly text: string; readonly line: number }
  | { readonly kind: 'code'; readonly language: string; readonly text: string; readonly line: number }
  | { readonly kind: 'html'; readonly text: string; readonly line: number }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[]; readonly line: number }
  | List
  | Table;

export interface List {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly ListItem[];
  readonly line: number;
}

export interface ListItem {
  /** Whether its box is ticked; null when it has none. */
  readonly task: 'open' | 'done' | null;
  /** Its own words, inline Markdown without the box; empty when it begins with something else. */
  readonly text: string;
  /** What stands in it below its own words. */
  readonly blocks: readonly Block[];
  readonly line: number;
}

export interface Table {
  readonly kind: 'table';
  readonly header: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number }[];
  readonly line: number;
}
