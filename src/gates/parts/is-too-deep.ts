/** Brackets in brackets; people stop at ten. */
const MAX_DEPTH = 500;
/** Operators in a row without a comma, a semicolon or a brace between them; `a ? b : c ? d : ...` */
const MAX_CHAIN = 2_000;
/** Each of these may hold the next one, on a line of its own. */
const MAX_STATEMENTS = 5_000;

const OPERATORS = '!~+-*%&|^?:=.([';
const ENDS = ';,{}';
const NESTING_WORDS = /\b(?:if|else|while|for|with|do)\b|</g;
const OPERATOR_WORDS = /\b(?:typeof|void|delete|await|yield|new)\b/g;

/**
 * Whether code may be nested so deeply that a parser which recurses runs out of its stack, which would end the process. It
 * errs on this side: each level of nesting needs a sign that is counted here.
 */
export function isTooDeep(source: string): boolean {
  const statements = source.match(NESTING_WORDS)?.length ?? 0;
  return statements > MAX_STATEMENTS || hasDeepExpression(source.replaceAll(OPERATOR_WORDS, '!'));
}

function hasDeepExpression(source: string): boolean {
  let [depth, chain, last] = [0, 0, ''];
  for (const sign of source) {
    if (sign.trim() === '') {
      // A line that ends without an operator may still be continued by the next one, which then begins with one.
      last = sign === '\n' && !OPERATORS.includes(last) ? '\n' : last;
      continue;
    }
    depth = depthAfter(sign, depth);
    chain = chainAfter(sign, chain, last);
    if (depth > MAX_DEPTH || chain > MAX_CHAIN) {
      return true;
    }
    last = sign;
  }
  return false;
}

function depthAfter(sign: string, depth: number): number {
  if ('([{'.includes(sign)) {
    return depth + 1;
  }
  return ')]}'.includes(sign) ? Math.max(0, depth - 1) : depth;
}

function chainAfter(sign: string, chain: number, last: string): number {
  if (OPERATORS.includes(sign)) {
    return chain + 1;
  }
  return ENDS.includes(sign) || last === '\n' ? 0 : chain;
}
