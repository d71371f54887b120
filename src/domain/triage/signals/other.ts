import type { Signals } from '../signal.ts';

/** What speaks for none of the types: texts, looks, and tidying up. It competes with them. */
export const OTHER: Signals = {
  clear: ['dark mode', 'meeting note|minutes', 'fix|correct * typo', 'bump|bumps * from'],
  likely: [
    'documentation|docs|doc|readme|changelog|dokumentation',
    'typo|wording|spelling|grammar|tippfehler|rechtschreibung',
    'translate|translation|übersetzung|übersetzen|locale|i18n',
    'colour|color|css|font|icon|logo|animation|transition|layout|padding|tooltip|favicon|farbe',
    'design system',
    'refactor|refactoring|cleanup|tidy',
    'eslint|prettier|lint|linter|biome',
    'unit|e2e|flaky test',
    'test|tests for',
    'coverage',
    'question|frage',
    'how do|can i|we',
    'rename * tab|button|page|menu|label|variable|function|class',
  ],
  hint: ['page|screen|seite', 'button|menu|modal|tab|sidebar|header|footer', 'text', 'rename', 'design'],
};
