import { inspect } from 'node:util';

/** A value that shows itself only when asked by name: printing, logging or serialising it gives `[secret]`. */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

export function toSecret(value: string): Secret {
  return Object.freeze({ reveal: () => value, toString: hide, toJSON: hide, [inspect.custom]: hide });
}

function hide(): string {
  return '[secret]';
}
