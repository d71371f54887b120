/** `/orders/{id}`, `/orders/:id`, `/orders/<int:id>` and `^\/orders\/(\d+)$` are one. */
export function toPattern(path: string): string {
  const plain = path.startsWith('^') ? fromExpression(path) : path;
  return plain.replaceAll(/\{[^{}]{0,100}\}|<[^<>]{0,100}>|:\w{1,100}/g, '*').replace(/\/+$/, '');
}

function fromExpression(pattern: string): string {
  return pattern
    .replaceAll(/^\^|\$$/g, '')
    .replaceAll('\\/', '/')
    .replaceAll(/\((?:\?[:<!=][^()]{0,100}|[^()]{0,100})\)|\[[^\]]{1,100}\][+*]?|\\[dw][+*]?/g, '*');
}
