import type { SyntaxNode } from '@lezer/common';

/** A Go file, and the names in it of what a test fails by: `t`, the suite of a method, `c := qt.New(t)`. */
export interface GoSource {
  readonly text: string;
  readonly testers: ReadonlySet<string>;
}

/** `*testing.T`, `testing.TB`, and those of common libraries. */
const TYPES = /^\*?\s*(?:\w+\.)?(?:T|B|F|TB|C|TestingT|Assertions)$/;
const MAKES = /^(\w+)\s*:?=\s*(?:\w+\.)?New\w*\(\s*\w/;
/** Longer types and names are made by programs. */
const MAX_SAID = 200;

export function readGoSource(file: SyntaxNode, text: string): GoSource {
  const testers = new Set<string>();
  file.cursor().iterate(({ node }) => {
    for (const name of testersOf(node, text)) {
      testers.add(name);
    }
  });
  return { text, testers };
}

function testersOf(node: SyntaxNode, text: string): readonly string[] {
  const said = text.slice(node.from, Math.min(node.to, node.from + MAX_SAID));
  if (node.name === 'VarDecl' || node.name === 'Assignment') {
    return MAKES.exec(said)?.slice(1) ?? [];
  }
  const type = node.name === 'Parameter' ? node.lastChild : null;
  if (type === null) {
    return [];
  }
  const isTester = TYPES.test(text.slice(type.from, Math.min(type.to, type.from + MAX_SAID)));
  return isTester || isOfSuite(node, text)
    ? node.getChildren('DefName').map(({ from, to }) => text.slice(from, to))
    : [];
}

/** `func (s *Sums) TestAC1()` */
function isOfSuite({ parent: list }: SyntaxNode, text: string): boolean {
  const method =
    list?.parent?.name === 'MethodDecl' && list.prevSibling?.name === 'func' ? list.parent : null;
  const name = method?.getChild('FieldName');
  return name !== null && name !== undefined && text.slice(name.from, name.to).startsWith('Test');
}
