import type { Setting } from '../../src/config/setting.ts';
import { toCode, toPage } from './markdown.ts';

export function configurationPage(settings: Readonly<Record<string, Setting>>): string {
  return toPage(
    'Configuration',
    'Baton is set up by environment variables. At the start all of them are checked, and all faults are reported together. A variable that begins with `BATON_` and is none of these is a fault too.',
    Object.entries(settings).map(toSection),
  );
}

function toSection([name, setting]: readonly [string, Setting]): string {
  return [
    `## ${name}`,
    setting.description,
    `${[toNeed(setting), setting.secret === true ? 'A secret: never shown.' : ''].join(' ').trim()} ${setting.remedy}`,
  ].join('\n\n');
}

function toNeed({ schema, default: fallback }: Setting): string {
  if (fallback !== undefined) {
    return `Default: ${toCode(fallback)}.`;
  }
  return schema.safeParse(undefined).success ? 'Optional.' : '**Required.**';
}
