import { toRequirement } from './read-requirements.ts';

const SECTION = /^\[([^\]]{1,200})\]/;
const FIELD = /^([\w.-]{1,200})\s{0,40}=(.*)$/;
const ASKING = /^options (?:install|setup|tests)_requires?$|^options\.extras_require /;

/** The names that a `setup.cfg` asks for: `install_requires = a`, the lines that are indented below it, and extras. */
export function readSetupCfg(text: string): readonly string[] {
  let [section, field] = ['', ''];
  return text.split('\n').flatMap((line) => {
    const opened = SECTION.exec(line)?.[1];
    const [, key, value = ''] = FIELD.exec(line) ?? [];
    section = opened ?? section;
    field = opened === undefined ? (key ?? field) : '';
    return ASKING.test(`${section} ${field}`) ? toRequirement(key === undefined ? line : value) : [];
  });
}
