/** What holds wherever the checks run, and what does not. */
const ALWAYS = /^(?:linux|unix|gc|go1\.\d+)$/;
const NEVER =
  /^(?:aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos|ignore|gccgo)$/;
const MACHINES =
  /^(?:386|amd64|arm|arm64|loong64|mips|mipsle|mips64|mips64le|ppc64|ppc64le|riscv64|s390x|wasm)$/;

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
  const said = Array.from(header.matchAll(/^\/\/go:build (.*)$/gm), ([, rule = '']) => rule);
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
  return word === 'linux' || NEVER.test(word);
}

/** `given`: what tags are that depend on who asks. */
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
      return ALWAYS.test(term) || (given && !NEVER.test(term));
    }
    const value = any();
    at += 1;
    return value;
  }

  return terms.length <= MAX_TERMS && any();
}
