/** Why an old page may outlive whatever is invalidated now, in a sentence, and what must not be said meanwhile. */
export type Hindrance = { reason: string; holdsBack: 'settled' | 'applied' };
