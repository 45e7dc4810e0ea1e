/** Passkeys: what the browser's credential API needs, from and to the JSON our pages carry. */

/**
 * @param {string} text base64url without padding
 * @returns {ArrayBuffer}
 */
export function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0)).buffer;
}

/**
 * @param {ArrayBuffer} bytes
 * @returns {string} base64url without padding
 */
export function toText(bytes) {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {{ id: string }[]} [list] */
function descriptors(list = []) {
  return list.map((entry) => ({ ...entry, id: toBytes(entry.id) }));
}

/**
 * Options for making a key. A key that signs in alone must be found without a list and must know its owner.
 * @param {any} options as the server sent them
 * @param {boolean} alone
 * @returns {PublicKeyCredentialCreationOptions}
 */
export function creationOptions(options, alone) {
  return {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: descriptors(options.excludeCredentials),
    authenticatorSelection: {
      ...options.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    },
  };
}

/**
 * Options for using a key.
 * @param {any} options as the server sent them
 * @returns {PublicKeyCredentialRequestOptions}
 */
export function requestOptions(options) {
  return {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: descriptors(options.allowCredentials),
  };
}

/**
 * The credential as the server reads it.
 * @param {PublicKeyCredential} credential
 * @returns {string} JSON
 */
export function credentialJson(credential) {
  const { response } = credential;
  /** @type {Record<string, unknown>} */
  const answer = { clientDataJSON: toText(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    answer.attestationObject = toText(response.attestationObject);
    answer.transports = response.getTransports();
  } else if (response instanceof AuthenticatorAssertionResponse) {
    answer.authenticatorData = toText(response.authenticatorData);
    answer.signature = toText(response.signature);
    answer.userHandle = response.userHandle ? toText(response.userHandle) : null;
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  });
}
