/** `os.environ["X"]` as `os.environ.X`, and without the arguments of calls on the way. */
export function toDotted(text: string): string {
  return text
    .slice(0, 2_000)
    .replaceAll(/\[\s*[A-Za-z]?["']([\w-]{1,200})["']\s*\]/g, '.$1')
    .replaceAll(/\([^()]{0,500}\)/g, '()')
    .replaceAll(/\[[^[\]]{0,500}\]/g, '.')
    .replaceAll(/\s+/g, '');
}
