import type { SyntaxNode } from '@lezer/common';

/** A Python file, and what its names are. */
export interface PythonSource {
  readonly text: string;
  /** What its imports call something by: of `from pytest import skip as later`, `later` is `pytest.skip`. */
  readonly imports: ReadonlyMap<string, string>;
  /** The names that are called somewhere. */
  readonly called: ReadonlySet<string>;
  /** Those that stand elsewhere than where they are called, or given to a function or a class. What only types a value uses nothing. */
  readonly spoken: ReadonlySet<string>;
}

const DEFINITIONS = new Set(['FunctionDefinition', 'ClassDefinition']);
/** Longer names are made by programs. */
const MAX_NAME = 200;
const MAX_IMPORT = 5_000;

export function readPythonSource(file: SyntaxNode, text: string): PythonSource {
  const imports = new Map<string, string>();
  const called = new Set<string>();
  const spoken = new Set<string>();
  file.cursor().iterate((at) => {
    if (at.name === 'TypeDef') {
      return false;
    }
    if (at.name === 'ImportStatement') {
      for (const [name, whole] of importsOf(text.slice(at.from, Math.min(at.to, at.from + MAX_IMPORT)))) {
        imports.set(name, whole);
      }
    } else if (at.name === 'VariableName' && !DEFINITIONS.has(at.node.parent?.name ?? '')) {
      const names = at.node.parent?.name === 'CallExpression' ? called : spoken;
      names.add(text.slice(at.from, at.to));
    }
    return true;
  });
  return { text, imports, called, spoken };
}

function importsOf(statement: string): readonly (readonly [string, string])[] {
  const plain = statement.replaceAll(/#.*|[()\\]/g, '');
  const [, from, names] = /^from\s+([\w.]+)\s+import\b([^;]*)/.exec(plain) ?? [];
  const list = names ?? /^import\b([^;]*)/.exec(plain)?.[1] ?? '';
  return list.split(',').flatMap((one) => {
    const [, name, alias = name] = /^\s*([\w.]+)(?:\s+as\s+(\w+))?\s*$/.exec(one) ?? [];
    const whole = from === undefined ? name : `${from}.${name}`;
    return alias === undefined || whole === undefined ? [] : [[alias, whole] as const];
  });
}

/** The whole name of what an expression names, such as `pytest.skip`, by whatever name the file has imported it. */
export function wholeName({ from, to }: Pick<SyntaxNode, 'from' | 'to'>, source: PythonSource): string {
  const name = source.text.slice(from, Math.min(to, from + MAX_NAME));
  const [first = ''] = name.split('.', 1);
  return `${source.imports.get(first) ?? first}${name.slice(first.length)}`;
}

/** The name that a function or a class is given. */
export function nameOf(node: SyntaxNode, { text }: Pick<PythonSource, 'text'>): string {
  const name = node.getChild('VariableName');
  return name === null ? '' : text.slice(name.from, name.to);
}

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    children.push(child);
  }
  return children;
}
