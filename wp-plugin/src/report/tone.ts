/** `pending`: more will come. `good`: every pod. `partly`: some pods. `bad`: none, or it never got there. */
export type Tone = 'pending' | 'good' | 'partly' | 'bad';
export type Summary = { tone: Tone; text: string };
