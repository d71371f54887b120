/** One thing that is wrong with the environment. Never holds a secret's value. */
export interface Fault {
  /** The variable. */
  readonly name: string;
  /** Completes the sentence that begins with the name. */
  readonly problem: string;
  readonly remedy: string;
}

/** All faults at once, so that they can be mended at once. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(describeFaults(faults));
    this.faults = faults;
  }
}

/** The faults as text for a terminal. */
function describeFaults(faults: readonly Fault[]): string {
  const count = faults.length === 1 ? 'one setting is' : `${faults.length} settings are`;
  const points = faults.map(({ name, problem, remedy }) => `  ${name} ${problem}.\n      ${remedy}`);
  return [`Baton cannot start: ${count} wrong.`, ...points].join('\n\n');
}
