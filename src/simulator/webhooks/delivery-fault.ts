/** Something to go wrong with deliveries on purpose. */
export type DeliveryFault = {
  /** Hits any event when missing. */
  readonly event?: string;
  /** Hits any action when missing. */
  readonly action?: string;
  /** How many deliveries it hits; 1 when not given. */
  readonly times?: number;
  /** Lose it, send it twice under the same GUID, or hold it back until this resolves, while later ones are sent. */
  readonly fault: 'drop' | 'duplicate' | { readonly until: Promise<unknown> };
};

type Held = { readonly spec: DeliveryFault; left: number };

/** Holds injected delivery faults; the first which matches is taken. */
export function openDeliveryFaults(): {
  inject(fault: DeliveryFault): void;
  take(event: string, action: string | null): DeliveryFault['fault'] | null;
} {
  const held: Held[] = [];
  return {
    inject: (spec) => void held.push({ spec, left: spec.times ?? 1 }),
    take(event, action) {
      const hit = held.find(
        ({ spec, left }) => left > 0 && (spec.event ?? event) === event && (spec.action ?? action) === action,
      );
      if (!hit) {
        return null;
      }
      hit.left -= 1;
      return hit.spec.fault;
    },
  };
}
