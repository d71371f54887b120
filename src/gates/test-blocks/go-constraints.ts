/** What holds wherever the checks run. */
const ALWAYS = /^(?:linux|unix|gc|go1\.\d+)$/;
/** Other systems than the checks run on. */
const OTHERS =
  /^(?:aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos)$/;
/** What depends on where the checks run. All other tags are asked for: `go test -tags integration`. */
const MACHINES =
  /^(?:386|amd64|arm|arm64|loong64|mips|mipsle|mips64|mips64le|ppc64|ppc64le|riscv64|s390x|wasm)$/;
const TOOLS = /^(?:cgo|race)$/;

/** More is written by programs. */
const MAX_TERMS = 500;

/** Whether Go builds a file of tests wherever it runs: by its name, and by the `//go:build` before its package. */
export function isAlwaysBuilt(path: string, text: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!name.endsWith('_test.go') || /(?:^|\/)(?:[._]|(?:testdata|vendor)\/)/.test(path)) {
    return false;
  }
  const [, before = '', last = ''] = /(?:_([a-z\d]+))?_([a-z\d]+)_test\.go$/.exec(name) ?? [];
  const header = text.slice(0, Math.max(0, text.search(/^package\s/m)));
  const said = Array.from(header.matchAll(/^\/\/go:build[ \t]+(.*)$/gm), ([, rule = '']) => rule);
  // Go reads such a line only where there is none of today; what each of them says is not read here.
  if (said.length === 0 && /^\/\/[ \t]*\+build[ \t]/m.test(header)) {
    return false;
  }
  return [...namedTags(before, last), ...said].every((rule) =>
    [true, false].every((given) => holds(rule, given)),
  );
}

/** `sums_windows_amd64_test.go` is for one system on one kind of machine. */
function namedTags(before: string, last: string): readonly string[] {
  if (MACHINES.test(last)) {
    return isSystem(before) ? [before, last] : [last];
  }
  return isSystem(last) ? [last] : [];
}

function isSystem(word: string): boolean {
  return word === 'linux' || OTHERS.test(word);
}

/** `given`: what tags are that depend on where the checks run. */
function holds(rule: string, given: boolean): boolean {
  const terms = rule.match(/&&|\|\||[!()]|[\w.]+/g) ?? [];
  let at = 0;

  function any(): boolean {
    let value = all();
    while (terms[at] === '||') {
      at += 1;
      const next = all();
      value ||= next;
    }
    return value;
  }

  function all(): boolean {
    let value = one();
    while (terms[at] === '&&') {
      at += 1;
      const next = one();
      value &&= next;
    }
    return value;
  }

  function one(): boolean {
    const term = terms[at] ?? '';
    at += 1;
    if (term === '!') {
      return !one();
    }
    if (term !== '(') {
      return ALWAYS.test(term) || (given && (MACHINES.test(term) || TOOLS.test(term)));
    }
    const value = any();
    at += 1;
    return value;
  }

  return terms.length <= MAX_TERMS && any();
}
