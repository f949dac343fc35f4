import apiFetch from '@wordpress/api-fetch';
import { __ } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type {
  ConnectionTest,
  Deliveries,
  Delivery,
  Destination,
  PodsAnswer,
  PostDelivery,
  Settings,
} from './shapes.ts';

/** Why WordPress did not answer a question. `status` is 0 when nothing came back at all. */
export type Failure = { status: number; code: string; message: string };
export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** `apiFetch` throws WordPress' errors as plain objects, and its own in the same form. */
function failureOf(thrown: unknown): Failure {
  const error = isRecord(thrown) ? thrown : {};
  const data = isRecord(error.data) ? error.data : {};
  return {
    status: typeof data.status === 'number' ? data.status : 0,
    code: typeof error.code === 'string' ? error.code : 'unknown',
    message:
      typeof error.message === 'string' && error.message !== ''
        ? error.message
        : __('WordPress gave no answer that can be read. Reload the page and try again.', 'everypod'),
  };
}

async function ask<T>(path: string, method: 'GET' | 'POST' = 'GET', data?: object): Promise<Answer<T>> {
  try {
    const value = await apiFetch<T>({ path: `/everypod/v1${path}`, method, ...(data && { data }) });
    return { ok: true, value };
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown) };
  }
}

export const api = {
  postDelivery: (postId: number) => ask<PostDelivery>(`/posts/${postId}/delivery`),
  revalidate: (postId: number) => ask<PostDelivery>(`/posts/${postId}/revalidate`, 'POST'),
  takeDown: (postId: number) => ask<PostDelivery>(`/posts/${postId}/take-down`, 'POST'),
  settings: () => ask<Settings>('/settings'),
  saveSettings: (changes: { destination?: Destination; bridgeUrl?: string; secret?: string | null }) =>
    ask<Settings>('/settings', 'POST', changes),
  testConnection: () => ask<ConnectionTest>('/connection-test', 'POST'),
  pods: () => ask<PodsAnswer>('/pods'),
  deliveries: (page: number) =>
    ask<Deliveries>(`/deliveries?page=${page}&per_page=${limits.deliveriesPerPage}`),
  retry: (id: string) => ask<Delivery>(`/deliveries/${encodeURIComponent(id)}/retry`, 'POST'),
};
