import type { Place } from './happening.ts';
import type { Edge } from './to-edges.ts';

/** The graph as a Mermaid flowchart: steps are boxes, questions to a person are hexagons, ends are round. */
export function printMermaid(edges: readonly Edge[]): readonly string[] {
  const places = new Map(edges.flatMap(({ from, to }) => [from, to]).map((place) => [toId(place), place]));
  return [
    'flowchart TD',
    ...[...places].map(([id, place]) => `  ${id}${toShape(place)}`),
    ...edges.map(({ from, to, label }) => `  ${toId(from)} -- "${toText(label)}" --> ${toId(to)}`),
  ];
}

/** `end` is a word of Mermaid's, so each id says what it stands for. */
function toId({ kind, name, asks }: Place): string {
  return [kind, name, asks]
    .filter((part) => part !== '')
    .join('_')
    .replaceAll(/[^a-z0-9]+/g, '_');
}

function toShape({ kind, name, asks }: Place): string {
  switch (kind) {
    case 'step':
      return `["${toText(name)}"]`;
    case 'question':
      return `{{"${toText(asks)}"}}`;
    case 'end':
      return `(["${toText(name)}"])`;
  }
}

function toText(text: string): string {
  return text.replaceAll('"', '#quot;');
}
