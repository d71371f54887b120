import type { Note } from './phase-notes.ts';
import type { ReportFault } from './spec.ts';

const MAX_LENGTH = 4000;

/** Everything but tab and line feed that no command needs. */
const CONTROL = /(?![\t\n])\p{Cc}/u;

/** The test command as one script: a line, a code span, a code block, or a list of which each must succeed. */
export function readTestCommand(notes: readonly Note[], report: ReportFault): string {
  const [first] = notes;
  if (first === undefined) {
    return '';
  }
  const script = notes.map(toLine).join('\n');
  const wrong = whatIsWrong(script);
  if (wrong !== null) {
    report({
      line: first.line,
      what: `the test command ${wrong}`,
      remedy: 'Write it as one line behind `Test Command:`, or in a code block below.',
    });
  }
  return script;
}

function whatIsWrong(script: string): string | null {
  if (script.trim() === '') {
    return 'is empty';
  }
  if (CONTROL.test(script)) {
    return 'has a control character in it';
  }
  return script.length > MAX_LENGTH ? `has more than ${MAX_LENGTH} characters` : null;
}

/** A prompt before a command is not part of it, and neither are the marks of a code span. */
function toLine({ text, form }: Note): string {
  if (form === 'code') {
    return text.trimEnd().replaceAll(/^[ \t]*\$ /gm, '');
  }
  const [, code] = /^`+\s*([^`]+?)\s*`+\.?$/.exec(text.trim()) ?? [];
  return code ?? text.trim();
}
