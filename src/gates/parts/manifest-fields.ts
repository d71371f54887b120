/** Fields of a package.json that no check obeys. */
const PLAIN =
  /^(?:name|version|description|keywords|private|license|author|contributors|maintainers|homepage|bugs|repository|funding|files|main|module|browser|types|typings|exports|type|sideEffects)$/;

/** Fields by which a manifest asks for packages. */
const DEPENDENCIES =
  /^(?:dependencies|devDependencies|peerDependencies|optionalDependencies|peerDependenciesMeta)$/;

/** Fields that the tools read which judge a change. */
const TOOLS =
  /^(?:jest|vitest|mocha|ava|tap|c8|nyc|eslintConfig|eslintIgnore|prettier|stylelint|xo|standard|babel|size-limit|lint-staged|commitlint|tsd|wireit|nx|oxlint|biome)$/;

/** Scripts that run by themselves when packages are installed or published: on machines of people, too. */
const LIFE_CYCLE =
  /^(?:(?:pre|post)?(?:install|prepare|publish|pack|shrinkwrap|version|uninstall)|prepublishOnly|dependencies)$/;

export function isPlainField(name: string): boolean {
  return PLAIN.test(name);
}

export function isDependencyField(name: string): boolean {
  return DEPENDENCIES.test(name);
}

export function isToolField(name: string): boolean {
  return TOOLS.test(name);
}

export function isLifeCycleScript(name: string): boolean {
  return LIFE_CYCLE.test(name);
}
