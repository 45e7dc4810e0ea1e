import assert from "node:assert/strict";
import test from "node:test";

import { creationOptions, credentialJson, requestOptions, toBytes, toText } from "../../static/js/account/passkeys.js";

class AuthenticatorAttestationResponse {
  clientDataJSON = bytes(1);
  attestationObject = bytes(2);
  getTransports() {
    return ["internal"];
  }
}

class AuthenticatorAssertionResponse {
  clientDataJSON = bytes(1);
  authenticatorData = bytes(3);
  signature = bytes(4);
  userHandle = bytes(5);
}

Object.assign(globalThis, { AuthenticatorAttestationResponse, AuthenticatorAssertionResponse });

/** @param {...number} values */
function bytes(...values) {
  return Uint8Array.from(values).buffer;
}

/** @param {object} response */
function credential(response) {
  return /** @type {any} */ ({
    id: "AQ",
    rawId: bytes(1),
    type: "public-key",
    authenticatorAttachment: "platform",
    getClientExtensionResults: () => ({}),
    response,
  });
}

test("bytes survive the way through base64url", () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i).buffer;
  assert.deepEqual(toBytes(toText(all)), all);
  assert.equal(toText(bytes(251, 255, 190)), "-_--");
  assert.equal(toText(bytes(1)), "AQ");
});

test("a key that signs in alone must be found without a list and know its owner", () => {
  const sent = { challenge: "AQ", user: { id: "Ag", name: "a" }, authenticatorSelection: { userVerification: "discouraged" } };
  const alone = creationOptions(sent, true);
  assert.deepEqual(alone.challenge, bytes(1));
  assert.deepEqual(alone.user.id, bytes(2));
  assert.deepEqual(alone.excludeCredentials, []);
  assert.deepEqual(alone.authenticatorSelection, {
    userVerification: "required",
    residentKey: "required",
    requireResidentKey: true,
  });
  assert.deepEqual(creationOptions(sent, false).authenticatorSelection, {
    userVerification: "discouraged",
    residentKey: "discouraged",
    requireResidentKey: false,
  });
});

test("the keys one may use are named by bytes", () => {
  const options = requestOptions({ challenge: "AQ", allowCredentials: [{ type: "public-key", id: "Ag" }] });
  assert.deepEqual(options.challenge, bytes(1));
  assert.deepEqual(options.allowCredentials, [{ type: "public-key", id: bytes(2) }]);
});

test("a made key is told to the server", () => {
  const told = JSON.parse(credentialJson(credential(new AuthenticatorAttestationResponse())));
  assert.equal(told.rawId, "AQ");
  assert.deepEqual(told.response, { clientDataJSON: "AQ", attestationObject: "Ag", transports: ["internal"] });
});

test("a used key is told to the server", () => {
  const told = JSON.parse(credentialJson(credential(new AuthenticatorAssertionResponse())));
  assert.deepEqual(told.response, {
    clientDataJSON: "AQ",
    authenticatorData: "Aw",
    signature: "BA",
    userHandle: "BQ",
  });
  const nameless = Object.assign(new AuthenticatorAssertionResponse(), { userHandle: null });
  assert.equal(JSON.parse(credentialJson(credential(nameless))).response.userHandle, null);
});
