import { type Phase, phaseTitle } from './spec.ts';

/**
 * What an agent is told of the one module that it builds: what the phase says of it and of all, and nothing that is about
 * other modules alone.
 */
export function moduleTask(phase: Phase, module: string): string {
  const others = phase.modules.filter((other) => other !== module);
  function own(lines: readonly string[]): readonly string[] {
    return lines.filter((line) => names(line, module) || !others.some((other) => names(line, other)));
  }
  return [
    `# ${phaseTitle(phase)}`,
    `Build the module \`${module}\`. The working directory is the whole repository; change what belongs to this module.`,
    ...section('Tasks', own(phase.tasks)),
    ...section('Files that must be there', own(phase.files)),
    ...section('Success criteria', own(phase.criteria.map(({ text }) => text))),
    ...section('Gotchas', own(phase.gotchas)),
    ...testPart(phase),
  ].join('\n\n');
}

/** The same for whoever works on the phase as a whole. */
export function phaseTask(phase: Phase, words: string): string {
  return [`# ${phaseTitle(phase)}`, words, phase.section, ...testPart(phase)].join('\n\n');
}

function testPart({ testCommand, placeholders }: Phase): string[] {
  return [
    `The phase is tested with this command, when its modules are merged:\n\n${testCommand}`,
    placeholders === 'allowed'
      ? 'What a later phase finishes may be left open, marked as such.'
      : 'Leave no placeholder, mock or TODO behind.',
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`];
}

/** Whether a line names a module, as a word or as the beginning of a path. */
function names(line: string, module: string): boolean {
  const text = line.toLowerCase();
  const word = module.toLowerCase();
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + word.length] ?? ' '];
    if (!/[\w-]/.test(before) && !/[\w-]/.test(after)) {
      return true;
    }
  }
  return false;
}
