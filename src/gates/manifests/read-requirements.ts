/** The name at the start of `requests[socks]>=2.0; python_version < "4"`. */
const REQUIREMENT = /^\s{0,40}([A-Za-z0-9][\w.-]{0,200})/;
const ADDRESS = /^\s{0,40}(?:(?:-e|--editable)[\s=]{1,40})?[a-z+]{2,12}:\/\/(\S{1,1000})/i;
const EGG = /[#&]egg=([\w.-]{1,200})/;
const INCLUDED = /^\s{0,40}(?:-r|--requirement)[\s=]{0,40}(\S{1,300})/;

/** The names of the packages that a `requirements.txt` asks for. */
export function readRequirements(text: string): readonly string[] {
  return text.split('\n').flatMap(toRequirement);
}

/** The name that one requirement asks for, also by an address alone; none for options and comments. */
export function toRequirement(text: string): readonly string[] {
  const address = ADDRESS.exec(text)?.[1];
  const name =
    EGG.exec(text)?.[1] ?? (address === undefined ? REQUIREMENT.exec(text)?.[1] : nameOfAddress(address));
  return name === undefined ? [] : [name];
}

/** The paths of further files that it takes in, as they are written. */
export function includedBy(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => INCLUDED.exec(line)?.[1] ?? []);
}

/** Of `host/owner/name.git@v1` and `host/name-1.0-py3-none-any.whl`, the name. */
function nameOfAddress(address: string): string | undefined {
  const [path = ''] = address.split(/[?#]/);
  const last = path
    .replace(/@[^/@]{1,300}$/, '')
    .split('/')
    .findLast((part) => part !== '');
  return last?.replace(/\.git$/, '').replace(/-\d.*$/, '');
}
