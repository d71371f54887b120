/** What sort of transition it is, by its name: whichever step, gate, attempt or number it is of. */
export function toTransitionKind(name: string): string {
  return name
    .replace(/ \(\d+\)$/, '')
    .replace(/\bgate:[^@ ]*@/, 'gate@')
    .replaceAll(/\d+/g, '<n>')
    .replace(/(<run>-<n> <n>) .*$/, '$1 a call of an agent')
    .replace(/ (queued|running|held) [a-z-]+ (?:<n>|-) /, ' $1 ');
}

/** What sort of write it is: the endpoint, and for a push whether the branch was there before. */
export function toWriteKind(write: string): string {
  const [kind = ''] = write.split(' ');
  return write.includes('"before":"none"') ? `${kind} of a new branch` : kind;
}
