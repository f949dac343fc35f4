import { createOwnPlaces } from '../../src/visits/own-places.ts';
import { placesConform } from './places-conformance.ts';

placesConform("A bridge's own", async (options) => createOwnPlaces(options));
