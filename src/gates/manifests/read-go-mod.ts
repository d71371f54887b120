const REQUIRED = /^\s{0,40}(?:require\s+)?([\w-][\w.-]{0,250}\/\S{1,300})\s{1,40}v\S{1,100}(.*)$/;
const TOOL = /^\s{0,40}(?:tool\s+)?([\w-][\w.-]{0,250}\/\S{1,300})\s{0,40}$/;
const REPLACING = /=>\s{1,40}([\w-][\w.-]{0,250}\/\S{1,300})\s{1,40}v/;

const LOCAL =
  /^\s{0,40}(?:replace\s+)?([\w-][\w.-]{0,250}\/\S{1,300})\s{1,40}(?:v\S{1,100}\s{1,40})?=>\s{1,40}\.{0,2}\//;

interface GoModule {
  readonly name: string;
  /** Nothing of the module itself needs it, if one believes the comment behind it. */
  readonly isIndirect: boolean;
}

/** The modules that a `go.mod` asks for by itself. */
export function readGoMod(text: string): readonly string[] {
  return readGoModules(text).flatMap(({ name, isIndirect }) => (isIndirect ? [] : [name]));
}

/** All modules but those that a path of the repository stands for: go.sum has no line of them. */
export function readLockedModules(text: string): readonly string[] {
  const local = text.split('\n').flatMap((line) => LOCAL.exec(line.slice(0, 1_000))?.[1] ?? []);
  return readGoModules(text).flatMap(({ name }) => (local.includes(name) ? [] : [name]));
}

/** All modules that it requires, or puts in the place of another. */
export function readGoModules(text: string): readonly GoModule[] {
  const lines = text.split('\n').map((line) => line.slice(0, 1_000));
  // A tool's module is written down as an indirect one.
  const tools = lines.flatMap((line) => TOOL.exec(line)?.[1] ?? []);
  return lines.flatMap((line): readonly GoModule[] => {
    const replacing = REPLACING.exec(line)?.[1];
    if (replacing !== undefined) {
      return [{ name: replacing, isIndirect: false }];
    }
    const [, name, comment = ''] = REQUIRED.exec(line) ?? [];
    const isTool = name !== undefined && tools.some((tool) => isOfModule(tool, name));
    return name === undefined ? [] : [{ name, isIndirect: !isTool && comment.includes('// indirect') }];
  });
}

/** Whether a package's path lies in a module. */
export function isOfModule(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}/`);
}
