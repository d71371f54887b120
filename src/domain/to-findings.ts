import { readDanger } from './danger.ts';
import { type Finding, MAX_FINDINGS } from './finding.ts';

const MAX_LINE_LENGTH = 1_000;
const MAX_MESSAGE_LENGTH = 500;

/** `path(3,7): message`, `path:3:7 message`, `path:3: message`, `test at path:3:7` of Node's test runner, and `vet: path:3:7` of Go. */
const POINT =
  /^(?:test at |vet: )?([^\s:()'"]{1,300}\.[A-Za-z]\w{0,9})(?:\((\d{1,6}),\d{1,6}\)|:(\d{1,6})(?::\d{1,6})?)(?=[\s:]|$):?(.*)$/;

/**
 * Takes the points with a place out of what a compiler, linter or test runner printed. The output is written by
 * the code under judgement, so places outside the repository are left out and everything is bounded.
 */
export function toFindings(output: string): readonly Finding[] {
  const lines = withoutColours(output).split('\n', 20_000);
  const findings = new Map<string, Finding>();
  for (const [index, text] of lines.entries()) {
    const finding = toFinding(text, lines.slice(index + 1, index + 4));
    if (finding !== null) {
      findings.set(`${finding.path}:${finding.line}:${finding.message}`, finding);
    }
    if (findings.size >= MAX_FINDINGS) {
      break;
    }
  }
  return [...findings.values()];
}

function toFinding(text: string, following: readonly string[]): Finding | null {
  const point = POINT.exec(text.slice(0, MAX_LINE_LENGTH).trimStart());
  if (point === null) {
    return null;
  }
  const [, place = '', inBrackets, afterColon, rest = ''] = point;
  const path = place.replace(/^\.\//, '');
  const line = Number(inBrackets ?? afterColon);
  if (line < 1 || !isInsideRepository(path)) {
    return null;
  }
  const message = toMessage(rest, following);
  const danger = readDanger(message);
  return { path, line, message, severity: 'error', ...(danger === undefined ? {} : { danger }) };
}

/** Some tools print the place and a rule's name on one line and what is wrong on the next. */
function toMessage(rest: string, following: readonly string[]): string {
  const said = withoutRules(rest);
  if (said.includes(' ')) {
    return said;
  }
  const next = following.map(withoutRules).find((line) => line !== '') ?? '';
  return [said, next].filter((part) => part !== '').join(': ') || 'The tool points here.';
}

/** Drops the horizontal rules that some tools draw. */
function withoutRules(text: string): string {
  return text.slice(0, MAX_LINE_LENGTH).replaceAll('━', '').trim().slice(0, MAX_MESSAGE_LENGTH);
}

function withoutColours(output: string): string {
  const [first = '', ...rest] = output.split('\u001b[');
  return first + rest.map((part) => part.replace(/^[\d;]{0,20}[A-Za-z]/, '')).join('');
}

function isInsideRepository(path: string): boolean {
  return !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..');
}
