/** A patch that adds a file. */
export function adding(path: string, text: string, mode = '100644'): string {
  const lines = toLines(text);
  return [
    ...toHeader(path),
    `new file mode ${mode}`,
    '--- /dev/null',
    `+++ ${toName('b', path)}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...added(text),
    '',
  ].join('\n');
}

/** A patch that removes a file with this text. */
export function removing(path: string, text: string): string {
  const lines = toLines(text);
  return [
    ...toHeader(path),
    'deleted file mode 100644',
    `--- ${toName('a', path)}`,
    '+++ /dev/null',
    `@@ -1,${lines.length} +0,0 @@`,
    ...lines.map((line) => `-${line}`),
    '',
  ].join('\n');
}

/** A patch that replaces the whole text of a file. */
export function replacing(path: string, before: string, after: string): string {
  return [
    ...toHeader(path),
    `--- ${toName('a', path)}`,
    `+++ ${toName('b', path)}`,
    `@@ -1,${toLines(before).length} +1,${toLines(after).length} @@`,
    ...toLines(before).map((line) => `-${line}`),
    ...added(after),
    '',
  ].join('\n');
}

/** A patch that adds a symbolic link. */
export function linking(path: string, target: string): string {
  return adding(path, target, '120000');
}

function toHeader(path: string): string[] {
  return [`diff --git ${toName('a', path)} ${toName('b', path)}`];
}

function added(text: string): string[] {
  const lines = toLines(text).map((line) => `+${line}`);
  return text.endsWith('\n') ? lines : [...lines, String.raw`\ No newline at end of file`];
}

function toLines(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** As git writes names: quoted, with octal bytes, when there is anything unusual in them. */
function toName(side: 'a' | 'b', path: string): string {
  const name = `${side}/${path}`;
  if (/^[\w./@+-]+$/.test(name)) {
    return name;
  }
  const bytes = [...Buffer.from(name)].map((byte) => {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    return isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${bytes.join('')}"`;
}
