import type { Fault } from './fault.ts';
import type { Setting } from './setting.ts';
import type { Values } from './settings-table.ts';
import { SETTINGS } from './settings-table.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Each setting by itself: the values that are right and the faults of the others. */
export function readValues(environment: Environment): { values: Partial<Values>; faults: Fault[] } {
  const values: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const [name, setting] of Object.entries<Setting>(SETTINGS)) {
    const given = environment[name];
    const text = given === undefined || given.trim() === '' ? setting.default : given;
    const result = setting.schema.safeParse(text);
    if (result.success) {
      values[name] = result.data;
    } else {
      const [issue] = result.error.issues;
      const problem = text === undefined ? toAbsence(given) : `${issue?.message}${quote(setting, text)}`;
      faults.push({ name, problem, remedy: setting.remedy });
    }
  }
  return { values, faults };
}

/** Whether every setting has its value; those that may be absent have theirs, too: undefined. */
export function isComplete(values: Partial<Values>): values is Values {
  return Object.keys(SETTINGS).every((name) => Object.hasOwn(values, name));
}

function toAbsence(given: string | undefined): string {
  return given === undefined ? 'is missing' : 'is empty';
}

function quote({ secret }: Setting, text: string): string {
  return secret === true ? '' : ` (it is "${text.replace(/\/\/[^/\s]*@/, '//[secret]@')}")`;
}
