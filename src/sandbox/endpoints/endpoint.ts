import type { Cloud } from '../cloud';
import type { Fields } from '../fields';
import type { JsonObject } from '../json';

/** Carries out a request. Returns the fields of its answer besides `success` and `errors`. Throws `Refusal`. */
export type Endpoint = (cloud: Cloud, fields: Fields) => JsonObject;

/** The simulated user, wherever the API names a person. */
export const OWNER = {
  publicId: '7c4f0f3d9be24d1f8d52f3b4f0a1c9e2',
  name: 'Sandbox User',
  image: 'default-profile.png',
};

export const QUANTCONNECT = {
  publicId: '00000000000000000000000000000001',
  name: 'QuantConnect',
  image: 'quantconnect.png',
};
