import { toVisible } from '../visible.ts';

/** Names that spell a sign of Markdown or HTML, or nothing that can be seen. Letters have no names. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  AMP: '&',
  lt: '<',
  LT: '<',
  gt: '>',
  GT: '>',
  quot: '"',
  QUOT: '"',
  apos: "'",
  nbsp: ' ',
  NonBreakingSpace: ' ',
  Tab: '\t',
  NewLine: '\n',
  excl: '!',
  num: '#',
  sol: '/',
  bsol: '\\',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  commat: '@',
  lpar: '(',
  rpar: ')',
  lsqb: '[',
  lbrack: '[',
  rsqb: ']',
  rbrack: ']',
  lcub: '{',
  lbrace: '{',
  rcub: '}',
  rbrace: '}',
  grave: '`',
  DiacriticalGrave: '`',
  vert: '|',
  verbar: '|',
  VerticalLine: '|',
  lowbar: '_',
  UnderBar: '_',
  ast: '*',
  midast: '*',
  period: '.',
  comma: ',',
  plus: '+',
  dollar: '$',
  percnt: '%',
  shy: '',
  zwj: '',
  zwnj: '',
  lrm: '',
  rlm: '',
  ZeroWidthSpace: '',
  NegativeVeryThinSpace: '',
  NegativeThinSpace: '',
  NegativeMediumSpace: '',
  NegativeThickSpace: '',
  NoBreak: '',
  ApplyFunction: '',
  af: '',
  InvisibleTimes: '',
  it: '',
  InvisibleComma: '',
  ic: '',
};

const ENTITY = new RegExp(
  `&(?:#(?<decimal>\\d{1,8})|#x(?<hexadecimal>[0-9a-f]{1,8})|(?<name>${Object.keys(NAMED).join('|')}));`,
  'gi',
);

/** Whoever encodes more often than this has something to hide; what is left is broken up. */
const ROUNDS = 4;

/** The text with its character references spelled out, and none left in it, however often they were encoded. */
export function decodeEntities(text: string): string {
  let decoded = text;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = toVisible(decoded.replaceAll(ENTITY, spell));
    if (next === decoded) {
      return decoded;
    }
    decoded = next;
  }
  return decoded.replaceAll(ENTITY, (entity) => `& ${entity.slice(1)}`);
}

function spell(entity: string, ...rest: readonly unknown[]): string {
  const [decimal, hexadecimal, name] = rest;
  if (typeof name === 'string') {
    // Names in the wrong case are no references; to a model they may still be one.
    return NAMED[name] ?? NAMED[name.toLowerCase()] ?? ' ';
  }
  const point =
    typeof decimal === 'string' ? Number.parseInt(decimal, 10) : Number.parseInt(String(hexadecimal), 16);
  return Number.isNaN(point) || point > 0x10_ff_ff ? entity.slice(1) : String.fromCodePoint(point);
}
