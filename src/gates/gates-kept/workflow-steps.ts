/** A step of a job, as it is compared: by what it runs or uses. */
export interface CiStep {
  readonly key: string;
  /** Empty when it uses an action. */
  readonly command: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The steps of a job of GitHub Actions. An action is the same in another version. */
export function listSteps(job: Readonly<Record<string, unknown>>): readonly CiStep[] {
  const steps: unknown = job['steps'];
  return (Array.isArray(steps) ? steps : []).map((step) => {
    const fields = toRecord(step);
    const command = typeof fields['run'] === 'string' ? fields['run'].trim() : '';
    const uses = typeof fields['uses'] === 'string' ? fields['uses'].replace(/@.*$/s, '') : '';
    return { key: `${uses}\n${command}`, command, fields };
  });
}

/** The fields of an object; none of anything else. */
export function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
