const HOST = /[a-z+]{2,12}:\/\/(?:[^@/"\s]{1,200}@)?([^/"'\s:?#]{1,253})/g;

/** Where packages come from when nobody has said otherwise. */
export const REGISTRIES = [
  'registry.npmjs.org',
  'registry.yarnpkg.com',
  'static.crates.io',
  'index.crates.io',
  'pypi.org',
  'files.pythonhosted.org',
  'rubygems.org',
];

/** The hosts of all addresses in a text, in lower case. */
export function hostsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(HOST), ([, host = '']) => host.toLowerCase());
}
